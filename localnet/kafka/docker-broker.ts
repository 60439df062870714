import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startChild, stopLeftover, tailOf } from "../processes/child.ts";
import { findFreePort } from "../processes/free-port.ts";
import { asContainerEnvironment, brokerProperties } from "./broker-properties.ts";
import { clusterId } from "./java-broker.ts";
import { kafkaVersion } from "./kafka-jars.ts";
import { brokerAnswers, type RunningKafka } from "./running-kafka.ts";

const run = promisify(execFile);
const image = `apache/kafka:${kafkaVersion}`;
const pullMs = 10 * 60_000;
const insidePort = 9092;
const insideData = "/var/lib/kafka/data";

/** Apache Kafka as a container whose port is published on the loopback interface; its data is a named volume. */
export async function startDockerBroker(directory: string, preferredPort: number): Promise<RunningKafka> {
  mkdirSync(directory, { recursive: true });
  const name = `cere-console-${createHash("sha256").update(directory).digest("hex").slice(0, 12)}`;
  const pidFile = join(directory, "kafka.pid");
  const logFile = join(directory, "kafka.log");
  await stopLeftover(pidFile, "TERM");
  await docker(["rm", "--force", name]);
  await docker(["pull", "--quiet", image], pullMs);
  const port = await findFreePort(preferredPort);
  const child = await startChild({
    name: "Kafka",
    command: "docker",
    args: ["run", "--rm", "--name", name, ...containerOptions(name, port), image],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 8_000,
  });
  const brokers = [`127.0.0.1:${port}`];
  const remove = async () => {
    await docker(["rm", "--force", name]);
    await child.exited;
  };
  const deadline = Date.now() + 90_000;
  while (!(await brokerAnswers(brokers))) {
    if (child.hasExited() || Date.now() > deadline) {
      await remove();
      throw new Error(`Kafka did not start in Docker. Its log (${logFile}) ends with:\n${tailOf(logFile)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return {
    brokers,
    exited: child.exited,
    stop: async () => {
      await docker(["stop", "--time", "8", name]);
      await child.exited;
    },
    kill: remove,
    suspend: () => docker(["pause", name]),
    resume: () => docker(["unpause", name]),
  };
}

function containerOptions(name: string, port: number): string[] {
  const address = {
    host: "0.0.0.0",
    port: insidePort,
    controllerPort: insidePort + 1,
    advertised: `127.0.0.1:${port}`,
  };
  const variables = [
    ...asContainerEnvironment(brokerProperties(address, insideData)),
    `CLUSTER_ID=${clusterId}`,
    "KAFKA_HEAP_OPTS=-Xms256m -Xmx512m",
  ];
  return [
    "--publish",
    `127.0.0.1:${port}:${insidePort}`,
    "--volume",
    `${name}:${insideData}`,
    ...variables.flatMap((variable) => ["--env", variable]),
  ];
}

async function docker(args: string[], timeoutMs = 60_000): Promise<void> {
  await run("docker", args, { timeout: timeoutMs });
}

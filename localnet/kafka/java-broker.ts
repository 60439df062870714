import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startChild, stopLeftover, tailOf } from "../processes/child.ts";
import { findFreePorts } from "../processes/free-port.ts";
import { asPropertiesFile, brokerProperties } from "./broker-properties.ts";
import { brokerAnswers, type RunningKafka } from "./running-kafka.ts";

/** Any fixed id will do: the cluster has one broker and never meets another. */
export const clusterId = "Y2VyZS1jb25zb2xlLWxvYw";

const run = promisify(execFile);
const readyMs = 90_000;

export type JavaBrokerOptions = { directory: string; jars: string; preferredPort: number };

/** Apache Kafka on the Java of this machine, bound to the loopback interface. */
export async function startJavaBroker(options: JavaBrokerOptions): Promise<RunningKafka> {
  const { directory } = options;
  mkdirSync(directory, { recursive: true });
  const pidFile = join(directory, "kafka.pid");
  const logFile = join(directory, "kafka.log");
  await stopLeftover(pidFile, "TERM");
  const [port = 0, controllerPort = 0] = await findFreePorts([
    options.preferredPort,
    options.preferredPort + 1,
  ]);
  const brokers = [`127.0.0.1:${port}`];
  const address = { host: "127.0.0.1", port, controllerPort, advertised: `127.0.0.1:${port}` };
  const config = join(directory, "server.properties");
  const data = join(directory, "data");
  writeFileSync(config, asPropertiesFile(brokerProperties(address, data)));
  const classPath = join(options.jars, "*");
  if (!existsSync(join(data, "meta.properties"))) await format(classPath, config);
  const child = await startChild({
    name: "Kafka",
    command: "java",
    args: [...javaOptions, "-cp", classPath, "kafka.Kafka", config],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 8_000,
    cwd: directory,
  });
  const deadline = Date.now() + readyMs;
  while (!(await brokerAnswers(brokers))) {
    if (child.hasExited() || Date.now() > deadline) {
      await child.stop();
      throw new Error(`Kafka did not start. Its log (${logFile}) ends with:\n${tailOf(logFile)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    brokers,
    exited: child.exited,
    stop: () => child.stop(),
    kill: async () => {
      child.signal("SIGKILL");
      await child.exited;
    },
    suspend: async () => child.signal("SIGSTOP"),
    resume: async () => child.signal("SIGCONT"),
  };
}

const javaOptions = [
  "-Xms256m",
  "-Xmx512m",
  "-XX:+UseSerialGC",
  "-Djava.awt.headless=true",
  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
  "-Dorg.slf4j.simpleLogger.showDateTime=true",
  "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
];

async function format(classPath: string, config: string): Promise<void> {
  const tool = ["-cp", classPath, "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", config];
  await run("java", ["-XX:TieredStopAtLevel=1", ...tool], { timeout: 60_000 });
}

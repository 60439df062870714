import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BrokerWay, brokerWays, noBrokerMessage } from "./broker-ways.ts";
import { startDockerBroker } from "./docker-broker.ts";
import { startJavaBroker } from "./java-broker.ts";
import { fetchKafkaJars } from "./kafka-jars.ts";
import { surveyMachine } from "./machine.ts";
import type { RunningKafka } from "./running-kafka.ts";

export type KafkaOptions = {
  /** Data and log live here. The caller has claimed it (processes/directory-claim.ts). */
  directory: string;
  /** Shared by all working copies of a user; see `userCacheDirectory`. */
  cacheDirectory: string;
  preferredPort?: number;
  /** Told what takes long: a first download. */
  say?: (line: string) => void;
};

/** A real single-node Kafka, by whichever way this machine offers. Its data survives, and it ends with this process. */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const machine = await surveyMachine(options.cacheDirectory);
  const failures: string[] = [];
  for (const way of brokerWays(machine)) {
    try {
      return await startBy(way, options);
    } catch (error) {
      failures.push(`${way}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(noBrokerMessage(machine, failures));
}

/** `$XDG_CACHE_HOME/cere-console`, or `~/.cache/cere-console`. */
export function userCacheDirectory(env: Readonly<Record<string, string | undefined>>): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || "/tmp", ".cache"), "cere-console");
}

async function startBy(way: BrokerWay, options: KafkaOptions): Promise<RunningKafka> {
  const say = options.say ?? (() => {});
  const { directory, preferredPort = 19_092 } = options;
  switch (way) {
    case "docker":
      say("starting Kafka in Docker (the first time, its image is pulled)");
      return startDockerBroker(directory, preferredPort);
    case "apt":
      say("installing Java and Maven (apt-get install default-jre-headless maven)");
      await installJava();
      return startBy("java", options);
    case "java": {
      const jars = await fetchKafkaJars(options.cacheDirectory, say);
      return startJavaBroker({ directory, jars, preferredPort });
    }
  }
}

async function installJava(): Promise<void> {
  const run = promisify(execFile);
  const options = { timeout: 10 * 60_000, maxBuffer: 64 * 1024 * 1024 };

  await run("apt-get", ["update", "-qq"], options);
  const install = ["install", "-y", "-qq", "--no-install-recommends", "default-jre-headless", "maven"];
  await run("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", ...install], options);
}

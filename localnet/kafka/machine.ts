import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { javaMajorOf, type Machine } from "./broker-ways.ts";
import { kafkaJars } from "./kafka-jars.ts";

const run = promisify(execFile);

/** Looks what this machine has that could run a broker. */
export async function surveyMachine(cacheDirectory: string): Promise<Machine> {
  const [java, maven, docker] = await Promise.all([
    outputOf("java", ["-version"]),
    outputOf("mvn", ["--version"]),
    outputOf("docker", ["version", "--format", "{{.Server.Version}}"]),
  ]);
  return {
    javaMajor: java === null ? null : javaMajorOf(java),
    hasMaven: maven !== null,
    hasJars: existsSync(kafkaJars(cacheDirectory)),
    hasDocker: docker !== null,
    isRoot: process.getuid?.() === 0,
    hasApt: existsSync("/usr/bin/apt-get"),
  };
}

/** `java -version` writes to standard error. */
async function outputOf(command: string, args: string[]): Promise<string | null> {
  return run(command, args, { timeout: 15_000 }).then(
    ({ stdout, stderr }) => `${stdout}${stderr}`,
    () => null,
  );
}

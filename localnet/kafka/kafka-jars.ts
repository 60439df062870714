import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const kafkaVersion = "4.1.0";

const run = promisify(execFile);
const fetchMs = 10 * 60_000;

/** Where the broker's jars are kept for all working copies of a user. */
export function kafkaJars(cacheDirectory: string): string {
  return join(cacheDirectory, `kafka-${kafkaVersion}`, "lib");
}

/** Has Maven fetch and check the jars, once. An interrupted fetch leaves nothing that looks complete. */
export async function fetchKafkaJars(cacheDirectory: string, say: (line: string) => void): Promise<string> {
  const jars = kafkaJars(cacheDirectory);
  if (existsSync(jars)) return jars;
  say(`fetching Kafka ${kafkaVersion} from Maven Central (43 MB, once)`);
  const partial = `${jars}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const pom = fileURLToPath(new URL("pom.xml", import.meta.url));
  const goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${partial}`];
  try {
    await run("mvn", ["-q", "-B", "-f", pom, ...goal], { timeout: fetchMs, maxBuffer: 64 * 1024 * 1024 });
    if (!existsSync(jars)) renameSync(partial, jars);
  } catch (error) {
    throw new Error(`Maven could not fetch Kafka ${kafkaVersion}: ${lastLine(error)}`, { cause: error });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return jars;
}

function lastLine(error: unknown): string {
  const output = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
  const complaint = output.split("\n").find((line) => line.startsWith("[ERROR]"));
  return complaint?.replace("[ERROR]", "").trim() ?? String(error);
}

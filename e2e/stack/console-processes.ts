import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readLivePid } from "../../localnet/processes/pid-file.ts";
import { commandOf } from "../../localnet/processes/process-identity.ts";
import { stackDirectory } from "./stack-facts.ts";

/** One role of the console, or the process that keeps both running. */
export type ConsolePart = "web" | "ingest" | "supervisor";

/** Ends it as a crash does. */
export function killConsole(part: ConsolePart): void {
  process.kill(consoleProcess(part), "SIGKILL");
}

/** It is there and does nothing, as a process that hangs. */
export function pauseConsole(part: ConsolePart): void {
  process.kill(consoleProcess(part), "SIGSTOP");
}

export function resumeConsole(part: ConsolePart): void {
  process.kill(consoleProcess(part), "SIGCONT");
}

export function consoleProcess(part: ConsolePart): number {
  const supervisor = readLivePid(join(stackDirectory, "network", "console.pid"));
  if (supervisor === null) throw new Error("The console of this run does not run.");
  if (part === "supervisor") return supervisor;
  const found = childrenOf(supervisor).find((pid) => commandOf(pid)?.includes(`--roles=${part}`));
  if (found === undefined) throw new Error(`The console runs without the role ${part}.`);
  return found;
}

/** What a part was started with, without the way to its supervisor. */
export function consoleEnvironment(part: ConsolePart): Record<string, string> {
  const pairs = environmentOf(consoleProcess(part))
    .split("\0")
    .filter((pair) => pair.includes("=") && !pair.startsWith("NODE_CHANNEL_"));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

function childrenOf(parent: number): number[] {
  return numbersIn("/proc").filter((pid) => parentOf(pid) === parent);
}

/** Processes of the run that are still there: those that carry its folder in their command or environment. */
export function processesOfRun(): string[] {
  return numbersIn("/proc")
    .filter((pid) => pid !== process.pid && pid !== process.ppid)
    .flatMap((pid) => {
      const command = commandOf(pid)?.replaceAll("\0", " ").trim();
      const isOurs = command?.includes(stackDirectory) || environmentOf(pid).includes(stackDirectory);
      return command && isOurs ? [`${pid} ${command}`] : [];
    });
}

function parentOf(pid: number): number | null {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
  return parent === undefined ? null : Number(parent);
}

function environmentOf(pid: number): string {
  return readOrEmpty(`/proc/${pid}/environ`);
}

/** Where there is no /proc nothing can be said of other processes. */
function numbersIn(directory: string): number[] {
  try {
    return readdirSync(directory).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

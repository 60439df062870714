import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { prepareGuard, releaseGroup, type StopSignal, watchGroup } from "./guard.ts";
import { readLivePid, removePidFile, writePidFile } from "./pid-file.ts";

export type ChildSpec = {
  name: string;
  command: string;
  args: readonly string[];
  /** Standard output and error are appended here; null = this process's own. */
  logFile: string | null;
  pidFile: string;
  stopSignal: StopSignal;
  stopMs: number;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number } | null;
  /** For a Node program: what it sends with `process.send` comes here, and `send` reaches it. */
  onMessage?: (message: unknown) => void;
};

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A program that runs in a process group of its own and never outlives this process. */
export type Child = {
  name: string;
  pid: number;
  exited: Promise<Exit>;
  hasExited(): boolean;
  /** Asks it to stop, insists after `stopMs`. Resolves when it is gone. */
  stop(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Only with `onMessage`. */
  send(message: object): void;
};

const largestLogBytes = 16 * 2 ** 20;

export async function startChild(spec: ChildSpec): Promise<Child> {
  const log = spec.logFile === null ? null : openLog(spec.logFile);
  prepareGuard();
  const process_ = spawn(spec.command, spec.args, {
    stdio: ["ignore", log ?? "inherit", log ?? "inherit", ...(spec.onMessage ? (["ipc"] as const) : [])],
    detached: true,
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    ...(spec.env === undefined ? {} : { env: spec.env }),
    ...(spec.user ? { uid: spec.user.uid, gid: spec.user.gid } : {}),
  });
  if (log !== null) closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    process_.once("error", reject);
    process_.once("spawn", () => resolve(process_.pid ?? 0));
  });
  watchGroup(pid, spec.stopSignal);
  writePidFile(spec.pidFile, pid);
  if (spec.onMessage) process_.on("message", spec.onMessage);
  let hasExited = false;
  const exited = new Promise<Exit>((resolve) => {
    process_.once("exit", (code, signal) => {
      hasExited = true;
      releaseGroup(pid);
      removePidFile(spec.pidFile);
      resolve({ code, signal });
    });
  });
  return {
    name: spec.name,
    pid,
    exited,
    hasExited: () => hasExited,
    signal: (signal) => signalGroup(pid, signal),
    send: (message) => {
      if (process_.connected) process_.send(message);
    },
    stop: () => stopGroup(pid, exited, spec),
  };
}

/** Stops what an earlier run left behind under this pid file, if anything. */
export async function stopLeftover(pidFile: string, signal: StopSignal): Promise<void> {
  const pid = readLivePid(pidFile);
  if (pid === null) return;
  signalGroup(pid, `SIG${signal}`);
  const deadline = Date.now() + 5_000;
  while (readLivePid(pidFile) !== null && Date.now() < deadline) await delay(50);
  signalGroup(pid, "SIGKILL");
  while (readLivePid(pidFile) !== null) await delay(50);
  removePidFile(pidFile);
}

/** Begins anew when it has grown large, and keeps one older. */
function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(path, `${path}.1`);
  return openSync(path, "a");
}

/** The last lines of a log, for a message about why its writer failed. */
export function tailOf(logFile: string, lines = 12): string {
  try {
    return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "(no log was written)";
  }
}

async function stopGroup(pid: number, exited: Promise<Exit>, spec: ChildSpec): Promise<void> {
  signalGroup(pid, `SIG${spec.stopSignal}`);
  signalGroup(pid, "SIGCONT");
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), spec.stopMs);
  await exited;
  clearTimeout(timer);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!isGone) throw error;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";

export type StopSignal = "TERM" | "INT";

let guard: ChildProcessByStdio<Writable, null, null> | null = null;

/**
 * Call it before the group is started: else who ends while the guard is only starting leaves the group behind.
 */
export function prepareGuard(): void {
  guard ??= startGuard();
}

/** Has the process group stopped when this process ends, in whatever way. */
export function watchGroup(group: number, signal: StopSignal): void {
  tell(`watch ${signal} ${group}`);
}

export function releaseGroup(group: number): void {
  tell(`release ${group}`);
}

function tell(line: string): void {
  guard ??= startGuard();
  guard.stdin.write(`${line}\n`);
}

function startGuard(): ChildProcessByStdio<Writable, null, null> {
  const script = fileURLToPath(new URL("guard.sh", import.meta.url));
  const child = spawn("/bin/sh", [script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  child.on("exit", () => {
    guard = null;
  });
  child.stdin.on("error", () => {});
  // It must not keep this process alive: its pipe closes when we end.
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return child;
}

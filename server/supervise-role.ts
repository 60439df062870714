import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "./kernel/clock.ts";
import type { Logger } from "./ports/logger.ts";
import { type Life, restartVerdict } from "./supervision.ts";

export type SupervisedRole = {
  role: string;
  /** Starts the role as a child with an IPC channel, on which it says every few seconds that it is alive. */
  start(): ChildProcess;
  /** Aborted when the role has to stop. */
  stop: AbortSignal;
  /** Between two signs of life. */
  silenceLimitMs: number;
  /** Until the first one: loading the code takes its time on a slow or busy machine. */
  startLimitMs: number;
  clock: Clock;
  log: Logger;
};

/** Keeps one role running until told to stop. Resolves with the exit code once it will not be started again. */
export async function superviseRole(supervised: SupervisedRole): Promise<number> {
  const { role, stop, clock, log } = supervised;
  const lives: Life[] = [];
  while (!stop.aborted) {
    const startedAt = clock.now();
    const { code, signal } = await liveOnce(supervised);
    if (stop.aborted) return code ?? 1;
    lives.push({ startedAt, endedAt: clock.now(), exitCode: code });
    const verdict = restartVerdict(lives);
    if (verdict.kind === "give up") {
      log.error({ code, signal }, `${role} is not started again: ${verdict.why}`);
      return code ?? 1;
    }
    log.warn({ code, signal, afterMs: verdict.afterMs }, `${role} ended and is started again`);
    await pause(verdict.afterMs, undefined, { signal: stop }).catch(() => {});
  }
  return 0;
}

type End = { code: number | null; signal: NodeJS.Signals | null };

/** A supervisor that itself stood still for so long, with the machine or alone, has not read what was said meanwhile. */
const oversleptMs = 1_000;

/** One run: ends by itself, by `stop`, or by being silent for too long, which only a stuck event loop is. */
async function liveOnce(supervised: SupervisedRole): Promise<End> {
  const { role, start, stop, silenceLimitMs, startLimitMs, clock, log } = supervised;
  const child = start();
  const ended = new Promise<End>((resolve) =>
    child.once("exit", (code, signal) => resolve({ code, signal })),
  );
  let silence = listenFor(startLimitMs);
  child.on("message", () => {
    clearTimeout(silence);
    silence = listenFor(silenceLimitMs);
  });

  function listenFor(limitMs: number): NodeJS.Timeout {
    const dueAt = clock.now().getTime() + limitMs;
    return setTimeout(() => {
      if (clock.now().getTime() - dueAt > oversleptMs) silence = listenFor(silenceLimitMs);
      else kill(limitMs);
    }, limitMs);
  }
  function kill(limitMs: number): void {
    log.error({ limitMs }, `${role} has been silent for too long and is killed`);
    child.kill("SIGKILL");
  }

  const terminate = () => child.kill("SIGTERM");
  stop.addEventListener("abort", terminate);
  try {
    return await ended;
  } finally {
    clearTimeout(silence);
    stop.removeEventListener("abort", terminate);
  }
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type WorkerPlan = {
  name: string;
  brokers: readonly string[];
  databaseUrl: string;
  group: string;
  activityTopics: readonly string[];
  telemetryTopics?: readonly string[];
  deadLettersTopic: string;
  /** Slow on purpose where a test looks for a worker that holds what it has not written. */
  flushEveryMs?: number;
};

export type IngestChild = AsyncDisposable & {
  /** As the system does when it is out of memory. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Resolves with the exit code. */
  stop(): Promise<number | null>;
};

export async function startIngestChild(plan: WorkerPlan): Promise<IngestChild> {
  const child = fork(join(import.meta.dirname, "ingest-process.ts"), [JSON.stringify(plan)], {
    execArgv: ["--disable-warning=TimeoutNegativeWarning"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error("The worker did not start."))),
  ]);
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      return child.exitCode;
    },
    [Symbol.asyncDispose]: () => end(child, exited),
  };
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await exited;
}

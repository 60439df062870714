import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AgentFault } from "../faults/fault.ts";
import { type Child, startChild, stopLeftover, tailOf } from "../processes/child.ts";
import type { RuntimePlan } from "./runtime.ts";
import type { RuntimeMessage } from "./runtime-process.ts";

export type RunningRuntime = {
  exited: Child["exited"];
  /** What is wrong on purpose from now on. */
  change(faults: readonly AgentFault[]): void;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

const readyMs = 60_000;

/** Starts the process in which agents run. Resolves when it runs what is desired. */
export async function startRuntimeProcess(directory: string, plan: RuntimePlan): Promise<RunningRuntime> {
  const pidFile = join(directory, "runtime.pid");
  const logFile = join(directory, "runtime.log");
  await stopLeftover(pidFile, "TERM");
  const ready = Promise.withResolvers<void>();
  const child = await startChild({
    name: "runtime",
    command: process.execPath,
    args: [
      "--disable-warning=TimeoutNegativeWarning",
      fileURLToPath(new URL("runtime-process.ts", import.meta.url)),
    ],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 5_000,
    onMessage: (message) => {
      const { kind, reason } = message as { kind: string; reason?: string };
      if (kind === "ready") ready.resolve();
      else ready.reject(new Error(`The agent runtime failed: ${reason}`));
    },
  });
  const timer = setTimeout(
    () => ready.reject(new Error("The agent runtime did not start in time.")),
    readyMs,
  );
  const tell = (message: RuntimeMessage) => child.send(message);
  tell({ kind: "plan", plan });
  const ended = child.exited.then(() => {
    throw new Error(`The agent runtime ended. Its log (${logFile}) ends with:\n${tailOf(logFile)}`);
  });
  try {
    await Promise.race([ready.promise, ended]);
  } catch (error) {
    await child.stop();
    throw error;
  } finally {
    clearTimeout(timer);
    ended.catch(() => {});
  }
  return {
    exited: child.exited,
    change: (faults) => tell({ kind: "faults", faults }),
    stop: () => child.stop(),
    kill: async () => {
      child.signal("SIGKILL");
      await child.exited;
    },
  };
}

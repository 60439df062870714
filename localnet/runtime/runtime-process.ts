import type { AgentFault } from "../faults/fault.ts";
import { type RuntimePlan, type StartedRuntime, startRuntime } from "./runtime.ts";

/** The plan comes first; later what is wrong on purpose changes. */
export type RuntimeMessage =
  | { kind: "plan"; plan: RuntimePlan }
  | { kind: "faults"; faults: readonly AgentFault[] };

/** The runtime as a process of its own; it ends with its parent. */
let running: StartedRuntime | null = null;

process.on("message", (message: RuntimeMessage) => {
  if (message.kind === "faults") running?.change(message.faults);
  else start(message.plan);
});
process.on("disconnect", end);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);

function start(plan: RuntimePlan): void {
  startRuntime(plan).then(
    (started) => {
      running = started;
      process.send?.({ kind: "ready" });
    },
    (error: unknown) => {
      process.send?.({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
      process.exitCode = 1;
      end();
    },
  );
}

function end(): void {
  setTimeout(() => process.exit(), 4_000).unref();
  void (running?.stop() ?? Promise.resolve()).finally(() => process.exit());
}

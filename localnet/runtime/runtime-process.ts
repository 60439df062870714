import { type RuntimePlan, startRuntime } from "./runtime.ts";

/** The runtime as a process of its own; it ends with its parent. */
let running: { stop(): Promise<void> } | null = null;

process.on("message", (plan: RuntimePlan) => {
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
});
process.on("disconnect", end);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);

function end(): void {
  setTimeout(() => process.exit(), 4_000).unref();
  void (running?.stop() ?? Promise.resolve()).finally(() => process.exit());
}

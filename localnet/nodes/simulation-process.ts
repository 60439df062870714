import { Simulation } from "./simulation.ts";
import type { SimulationCommand, SimulationReport } from "./simulation-messages.ts";

/**
 * The simulation as a process of its own: what it costs is seen apart, and it can die and be started again without the
 * broker and the databases. Takes commands from its parent and ends with it.
 */
let simulation: Simulation | null = null;

process.on("message", (command: SimulationCommand) => {
  handle(command).catch((error: unknown) => {
    report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    void end();
  });
});
process.on("disconnect", () => void end());
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end());

async function handle(command: SimulationCommand): Promise<void> {
  if (command.kind === "change") return simulation?.change(command.recordsPerSecond, command.faults);
  const started = new Simulation(command.plan);
  simulation = started;
  await started.start();
  report({ kind: "ready" });
  setInterval(() => report({ kind: "stats", stats: started.stats() }), 1_000).unref();
}

async function end(): Promise<void> {
  setTimeout(() => process.exit(), 3_000).unref();
  await simulation?.stop();
  process.exit();
}

function report(message: SimulationReport): void {
  if (process.connected) process.send?.(message);
}

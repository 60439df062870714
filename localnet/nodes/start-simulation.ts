import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Fault } from "../faults/fault.ts";
import { type Child, startChild, stopLeftover, tailOf } from "../processes/child.ts";
import type {
  SimulationCommand,
  SimulationPlan,
  SimulationReport,
  SimulationStats,
} from "./simulation-messages.ts";

export type RunningSimulation = {
  exited: Child["exited"];
  stats(): SimulationStats | null;
  change(recordsPerSecond: number, faults: readonly Fault[]): void;
  stop(): Promise<void>;
  /** As a crash. */
  kill(): Promise<void>;
};

const readyMs = 60_000;

/** Starts the process that plays the nodes and squids. Resolves when the nodes answer. */
export async function startSimulation(directory: string, plan: SimulationPlan): Promise<RunningSimulation> {
  const pidFile = join(directory, "simulation.pid");
  const logFile = join(directory, "simulation.log");
  await stopLeftover(pidFile, "TERM");
  let stats: SimulationStats | null = null;
  const ready = Promise.withResolvers<void>();
  const hear = (report: SimulationReport) => {
    if (report.kind === "ready") ready.resolve();
    else if (report.kind === "stats") stats = report.stats;
    else ready.reject(new Error(`The simulation failed: ${report.reason}`));
  };
  const child = await startChild({
    name: "simulation",
    command: process.execPath,
    args: [
      "--disable-warning=TimeoutNegativeWarning",
      fileURLToPath(new URL("simulation-process.ts", import.meta.url)),
    ],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 4_000,
    onMessage: (message) => hear(message as SimulationReport),
  });
  const tell = (command: SimulationCommand) => child.send(command);
  const timer = setTimeout(() => ready.reject(new Error("The simulation did not start in time.")), readyMs);
  tell({ kind: "start", plan });
  const ended = child.exited.then(() => {
    throw new Error(`The simulation ended. Its log (${logFile}) ends with:\n${tailOf(logFile)}`);
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
    stats: () => stats,
    change: (recordsPerSecond, faults) => tell({ kind: "change", recordsPerSecond, faults }),
    stop: () => child.stop(),
    kill: async () => {
      child.signal("SIGKILL");
      await child.exited;
    },
  };
}

import { cpus, totalmem } from "node:os";

export type Metrics = Readonly<Record<string, number>>;

/**
 * The last line of every bench, for programs: what was measured, and on what. Written when the process ends, after whatever
 * the parts that it started say while they stop.
 */
export function report(bench: string, metrics: Metrics): void {
  const missing = Object.entries(metrics).filter(([, value]) => !Number.isFinite(value));
  if (missing.length > 0)
    throw new Error(`Not measured by ${bench}: ${missing.map(([name]) => name).join(", ")}`);
  const line = JSON.stringify({ bench, metrics, machine: machine() });
  process.once("exit", () => console.log(line));
}

function machine() {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1_048_576),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}

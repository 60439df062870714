import type { Fault } from "../faults/fault.ts";
import type { NetworkName } from "../network/plan.ts";
import type { PastPlan } from "./history.ts";

export type SimulatedNetwork = {
  name: NetworkName;
  /** HTTP port of each node, by node name. */
  ports: Readonly<Record<string, number>>;
  /** Where its squid writes. */
  indexerUrl: string;
};

export type SimulationPlan = PastPlan & {
  brokers: readonly string[];
  networks: readonly SimulatedNetwork[];
  /** Remembers how much of the time before `bornAt` has been written. */
  historyFile: string;
  faults: readonly Fault[];
};

/** From the program that started the simulation. */
export type SimulationCommand =
  | { kind: "start"; plan: SimulationPlan }
  | { kind: "change"; recordsPerSecond: number; faults: readonly Fault[] };

export type SimulationStats = {
  recordsPerSecond: number;
  telemetryPerSecond: number;
  recordsTotal: number;
  /** Part of the time before `bornAt` that is written: 1 = all. */
  historyPart: number;
  /** Why nothing arrives at Kafka right now. */
  trouble: string | null;
};

/** To the program that started the simulation. */
export type SimulationReport =
  | { kind: "ready" }
  | { kind: "stats"; stats: SimulationStats }
  | { kind: "failed"; reason: string };

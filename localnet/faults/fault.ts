import type { NetworkName } from "../network/plan.ts";
import { type Disturbance, undisturbed } from "../nodes/disturbance.ts";

export const nodeFaultKinds = [
  "node-down",
  "slow",
  "clock-skew",
  "disk-filling",
  "error-burst",
  "wrong-bytes",
  "partial",
  "slow-content",
  "missing",
] as const;
export type NodeFaultKind = (typeof nodeFaultKinds)[number];

export const agentFaultKinds = ["agent-crash", "agent-slow", "agent-leak", "agent-wrong"] as const;
export type AgentFaultKind = (typeof agentFaultKinds)[number];
/** `version`: `<alias>@<semver>` or its CID. */
export type AgentFault = { kind: AgentFaultKind; version: string; amount: number; since: number };

/** Something that is wrong on purpose. `amount` is in the unit of its kind, see `faultAmounts`. */
export type Fault =
  | { kind: NodeFaultKind; network: NetworkName; node: string; amount: number; since: number }
  | AgentFault
  | { kind: "indexer-stalled"; network: NetworkName; since: number }
  | { kind: "broker-pause"; since: number };

export type FaultKind = Fault["kind"];
export const faultKinds: readonly FaultKind[] = [
  ...nodeFaultKinds,
  ...agentFaultKinds,
  "indexer-stalled",
  "broker-pause",
];

/** The option that sets the amount, what it means, and what it is when not given. */
export const faultAmounts: Readonly<
  Record<NodeFaultKind | AgentFaultKind, { option: string | null; usual: number; about: string }>
> = {
  "node-down": { option: null, usual: 1, about: "refuses connections and sends nothing" },
  slow: { option: "--factor", usual: 20, about: "answers so many times slower" },
  "clock-skew": {
    option: "--seconds",
    usual: 90,
    about: "has a clock that is so far ahead (negative: behind)",
  },
  "disk-filling": { option: "--minutes", usual: 10, about: "runs out of disk within so many minutes" },
  "error-burst": { option: "--percent", usual: 40, about: "fails that part of its requests" },
  "wrong-bytes": { option: "--percent", usual: 30, about: "serves that part of its pieces with wrong bytes" },
  partial: { option: "--percent", usual: 50, about: "breaks off after that part of each answer" },
  "slow-content": { option: "--kib", usual: 64, about: "sends content at so many KiB a second" },
  missing: { option: "--percent", usual: 30, about: "has lost that part of its pieces" },
  "agent-crash": { option: "--percent", usual: 5, about: "crashes on that part of its events" },
  "agent-slow": { option: "--ms", usual: 3, about: "works so many milliseconds longer on each event" },
  "agent-leak": {
    option: "--kib",
    usual: 64,
    about: "keeps so many KiB of each event until it has no memory left",
  },
  "agent-wrong": { option: "--percent", usual: 5, about: "answers that part of its events wrongly" },
};

export function isAgentFault(fault: Fault): fault is AgentFault {
  return "version" in fault;
}

export function isNodeFault(fault: Fault): fault is Extract<Fault, { kind: NodeFaultKind }> {
  return "node" in fault;
}

/** Two faults that cannot be there twice: the same kind at the same place. */
export function isSameFault(one: Fault, other: Fault): boolean {
  return one.kind === other.kind && placeOf(one) === placeOf(other);
}

export function placeOf(fault: Fault): string {
  if (isNodeFault(fault)) return `${fault.network}/${fault.node}`;
  if (isAgentFault(fault)) return fault.version;
  return fault.kind === "indexer-stalled" ? fault.network : "broker";
}

/** A fault in a sentence. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "broker-pause":
      return "the Kafka broker is paused: it keeps its connections and answers nobody";
    case "indexer-stalled":
      return `the indexer of ${fault.network} takes no more blocks`;
    case "node-down":
      return `${nodeOf(fault)} is down: its port refuses connections, it sends neither telemetry nor activity`;
    case "slow":
      return `${nodeOf(fault)} answers ${fault.amount} times slower than usual`;
    case "clock-skew":
      return `${nodeOf(fault)} has a clock that is ${Math.abs(fault.amount)} s ${fault.amount < 0 ? "behind" : "ahead"}`;
    case "disk-filling":
      return `${nodeOf(fault)} will have a full disk in ${fault.amount} minutes`;
    case "error-burst":
      return `${nodeOf(fault)} fails ${fault.amount} % of its requests`;
    case "wrong-bytes":
      return `${nodeOf(fault)} serves ${fault.amount} % of its pieces with wrong bytes`;
    case "partial":
      return `${nodeOf(fault)} breaks off after ${fault.amount} % of each answer`;
    case "slow-content":
      return `${nodeOf(fault)} sends content at ${fault.amount} KiB a second`;
    case "missing":
      return `${nodeOf(fault)} has lost ${fault.amount} % of its pieces`;
    case "agent-crash":
      return `${fault.version} crashes on ${fault.amount} % of its events`;
    case "agent-slow":
      return `${fault.version} works ${fault.amount} ms longer on each event`;
    case "agent-leak":
      return `${fault.version} keeps ${fault.amount} KiB of each event until it has no memory left`;
    case "agent-wrong":
      return `${fault.version} answers ${fault.amount} % of its events wrongly`;
  }
}

function nodeOf(fault: { network: NetworkName; node: string }): string {
  return `${fault.node} (${fault.network})`;
}

/** What the faults of a node add up to. */
export function disturbanceOf(faults: readonly Fault[], network: NetworkName, node: string): Disturbance {
  const own = faults.filter(
    (fault) => isNodeFault(fault) && fault.network === network && fault.node === node,
  );
  return own.filter(isNodeFault).reduce(disturbedBy, undisturbed);
}

function disturbedBy(sum: Disturbance, fault: Extract<Fault, { kind: NodeFaultKind }>): Disturbance {
  switch (fault.kind) {
    case "node-down":
      return { ...sum, isDown: true };
    case "slow":
      return { ...sum, slowdown: fault.amount };
    case "clock-skew":
      return { ...sum, skewMs: fault.amount * 1000 };
    case "disk-filling":
      return { ...sum, filling: { since: fault.since, minutes: fault.amount } };
    case "error-burst":
      return { ...sum, errorRatio: fault.amount / 100 };
    case "wrong-bytes":
      return { ...sum, wrongRatio: fault.amount / 100 };
    case "partial":
      return { ...sum, sentRatio: Math.min(1, fault.amount / 100) };
    case "slow-content":
      return { ...sum, contentBytesPerSecond: Math.max(1, fault.amount) * 1_024 };
    case "missing":
      return { ...sum, missingRatio: fault.amount / 100 };
  }
}

import { msBetween } from "../../kernel/clock.ts";
import { inDuration, inMs, inPercent } from "../../kernel/wording.ts";
import type { NodeLimits, NodeRow, NodeState, NodeStatus, Stalled } from "./schema.ts";

/** The defaults; `setting` rows override them per network (limits.ts). */
export const defaultNodeLimits: NodeLimits = {
  silenceMs: 60_000,
  missedReports: 3,
  failureRatioWarn: 0.01,
  failureRatioCrit: 0.03,
  minRequests: 100,
  burstRatio: 0.1,
  p99MsWarn: 400,
  p99MsCrit: 1_000,
  cpuWarn: 0.95,
  memoryWarn: 0.95,
  diskWarn: 0.85,
  diskCrit: 0.95,
  diskGrowthWarn: 0.05,
  diskReadMsWarn: 20,
  clockSkewMsWarn: 1_000,
  diskFullDaysWarn: 30,
  riskWarn: 60,
};

/** What a status is decided from: fields of a row, so that a page can decide again between two answers. */
export type NodeFacts = Pick<
  NodeRow,
  | "removedAt"
  | "wrongPieces"
  | "heardAt"
  | "reportEveryMs"
  | "isDraining"
  | "isRegistered"
  | "probe"
  | "failureRatio"
  | "requests15m"
  | "requests10s"
  | "failures10s"
  | "p99Ms"
  | "cpu"
  | "memory"
  | "disk"
  | "diskReadMs"
  | "diskGrowthPerHour"
  | "clockSkewMs"
>;

export type StatusContext = { limits: NodeLimits; stalled: Stalled | null };

/**
 * The state of a node and why, from what is known at `at`. The first that applies wins: retired, wrong bytes, silent (or
 * unknown, when nothing can be heard from any node), draining, probe missed, degraded, online.
 */
export function nodeStatus(node: NodeFacts, at: Date, context: StatusContext): NodeStatus {
  if (node.removedAt !== null) return status("retired", `Removed from the chain at ${node.removedAt}.`);
  if ((node.wrongPieces ?? 0) > 0)
    return status("wrong_bytes", `${node.wrongPieces} pieces did not hash to their CID.`);
  const heardMs = node.heardAt === null ? null : msBetween(new Date(node.heardAt), at);
  if (heardMs === null) return neverHeard(node, context.stalled);
  if (heardMs > silenceLimitMs(node.reportEveryMs, context.limits))
    return unheard(node, heardMs, context.stalled);
  if (node.isDraining) return status("draining", "It says that it is being drained.");
  if (node.probe?.ok === false) return status("probe_missed", probeSentence(node.probe.reason, heardMs));
  const breaches = breachesOf(node, context.limits).map(({ sentence }) => sentence);
  if (breaches.length > 0) return status("degraded", `${breaches.join("; ")}.`);
  return status("online", `Heard ${inDuration(heardMs)} ago, all figures within their limits.`);
}

/**
 * How long a node may be quiet: some missed reports of its own rhythm, but no less than 5 s (delivery takes a moment) and
 * no more than the limit.
 */
export function silenceLimitMs(reportEveryMs: number | null, limits: NodeLimits): number {
  if (reportEveryMs === null) return limits.silenceMs;
  return Math.min(limits.silenceMs, Math.max(shortestSilenceMs, limits.missedReports * reportEveryMs));
}

export type MarkedField =
  | "p99Ms"
  | "failureRatio"
  | "cpu"
  | "memory"
  | "disk"
  | "diskGrowthPerHour"
  | "diskReadMs"
  | "clockSkewMs";
export type Mark = "warn" | "crit" | null;

/** Is a figure at or beyond a limit? Marks cells and legend values. */
export function markOf(field: MarkedField, value: number | null, limits: NodeLimits): Mark {
  if (value === null) return null;
  const { warn, crit } = boundsOf(field, limits);
  const size = Math.abs(value);
  if (crit !== null && size >= crit) return "crit";
  return size >= warn ? "warn" : null;
}

/** Worst first: the order of a list sorted by status. */
export const stateOrder: readonly NodeState[] = [
  "wrong_bytes",
  "degraded",
  "probe_missed",
  "silent",
  "unknown",
  "draining",
  "online",
  "retired",
];

/** States in which a node is there and answers, whatever else is wrong with it. */
export function isHeard(state: NodeState): boolean {
  return state !== "silent" && state !== "unknown" && state !== "retired";
}

const shortestSilenceMs = 5_000;
const burstFailures = 3;
const hourMs = 3_600_000;

function status(kind: NodeState, reason: string): NodeStatus {
  return { kind, reason };
}

function neverHeard(node: NodeFacts, stalled: Stalled | null): NodeStatus {
  const where = node.isRegistered ? "Registered on the chain, but" : "Not registered, and";
  const probe = node.probe?.ok ? " It answers probes." : "";
  const road = stalled === null ? "" : ` Cannot tell more: ${stalled.reason}.`;
  return status("unknown", `${where} never heard: no telemetry and no activity names it.${probe}${road}`);
}

function unheard(node: NodeFacts, heardMs: number, stalled: Stalled | null): NodeStatus {
  const last = `last heard ${inDuration(heardMs)} ago`;
  if (stalled !== null)
    return status("unknown", `Cannot tell: ${stalled.reason}; ${last}${probeNote(node)}.`);
  return status("silent", `No telemetry and no activity, ${last}${probeNote(node)}.`);
}

function probeNote({ probe }: NodeFacts): string {
  if (probe === null) return "";
  return probe.ok ? ", but it answers probes" : `, and the last probe failed: ${probe.reason ?? "no answer"}`;
}

function probeSentence(reason: string | null, heardMs: number): string {
  return `The last probe of /info failed: ${reason ?? "no answer"}. Telemetry or activity came ${inDuration(heardMs)} ago.`;
}

/** A figure beyond the limit that makes a node degraded, in words without a full stop. */
export type Breach = { field: MarkedField; sentence: string };

export function breachesOf(node: NodeFacts, limits: NodeLimits): Breach[] {
  const failures = failureSentence(node, limits);
  const skewMs = node.clockSkewMs === null ? null : Math.abs(node.clockSkewMs);
  return [
    failures === null ? null : { field: "failureRatio" as const, sentence: failures },
    over("p99Ms", node.p99Ms, { what: "p99 is", limit: limits.p99MsWarn, word: inMs }),
    over("disk", node.disk, { what: "disk is full to", limit: limits.diskCrit, word: inPercent }),
    growthBreach(node, limits),
    over("diskReadMs", node.diskReadMs, {
      what: "a disk read takes",
      limit: limits.diskReadMsWarn,
      word: inMs,
    }),
    over("clockSkewMs", skewMs, {
      what: "its clock is off by",
      limit: limits.clockSkewMsWarn,
      word: inDuration,
    }),
    over("cpu", node.cpu, { what: "CPU is at", limit: limits.cpuWarn, word: inPercent }),
    over("memory", node.memory, { what: "memory is at", limit: limits.memoryWarn, word: inPercent }),
  ].filter((breach) => breach !== null);
}

/** Of a burst first: it is newer than what 15 min say. */
function failureSentence(node: NodeFacts, limits: NodeLimits): string | null {
  const { requests10s, failures10s, failureRatio, requests15m } = node;
  if (requests10s !== null && failures10s !== null && failures10s >= burstFailures) {
    const ratio = failures10s / requests10s;
    if (ratio >= limits.burstRatio)
      return `${inPercent(ratio)} of requests failed in 10 s, limit ${inPercent(limits.burstRatio)}`;
  }
  if (failureRatio === null || (requests15m ?? 0) < limits.minRequests) return null;
  if (failureRatio < limits.failureRatioWarn) return null;
  return `${inPercent(failureRatio)} of requests failed in 15 min, limit ${inPercent(limits.failureRatioWarn)}`;
}

/** Faster than data ever comes: something writes that should not, and leaves hours, not weeks. */
function growthBreach({ disk, diskGrowthPerHour: growth }: NodeFacts, limits: NodeLimits): Breach | null {
  const breach = over("diskGrowthPerHour", growth, {
    what: "the disk fills by",
    limit: limits.diskGrowthWarn,
    word: (share) => `${inPercent(share)} an hour`,
  });
  if (breach === null || disk === null || growth === null) return breach;
  return { ...breach, sentence: `${breach.sentence}, full in ${inDuration(((1 - disk) / growth) * hourMs)}` };
}

function over(
  field: MarkedField,
  value: number | null,
  { what, limit, word }: { what: string; limit: number; word: (value: number) => string },
): Breach | null {
  if (value === null || value < limit) return null;
  return { field, sentence: `${what} ${word(value)}, limit ${word(limit)}` };
}

function boundsOf(field: MarkedField, limits: NodeLimits): { warn: number; crit: number | null } {
  switch (field) {
    case "p99Ms":
      return { warn: limits.p99MsWarn, crit: limits.p99MsCrit };
    case "failureRatio":
      return { warn: limits.failureRatioWarn, crit: limits.failureRatioCrit };
    case "disk":
      return { warn: limits.diskWarn, crit: limits.diskCrit };
    case "cpu":
      return { warn: limits.cpuWarn, crit: null };
    case "memory":
      return { warn: limits.memoryWarn, crit: null };
    case "diskGrowthPerHour":
      return { warn: limits.diskGrowthWarn, crit: null };
    case "diskReadMs":
      return { warn: limits.diskReadMsWarn, crit: null };
    case "clockSkewMs":
      return { warn: limits.clockSkewMsWarn, crit: null };
  }
}

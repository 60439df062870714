import { msBetween } from "../../kernel/clock.ts";
import type { Health } from "../../kernel/lifecycle.ts";
import { inCount, inDuration } from "../../kernel/wording.ts";
import type { Degraded, IndexerStatus, IngestStatus, Panel } from "./schema.ts";

/** A running ingest worker writes its row every second; one that is silent for so long is gone. */
export const workerGoneMs = 8_000;
/** Records wait, and the newest that is stored is older than this: somebody looking at a live page should know. */
export const behindLimitMs = 30_000;

export type WorkerFacts = Health & { heardAt: Date };

/** How ingest as a whole is, by what its workers wrote down last. */
export function judgeWorkers(workers: readonly WorkerFacts[], at: Date): Health {
  const alive = workers.filter(({ heardAt }) => msBetween(heardAt, at) <= workerGoneMs);
  if (alive.length === 0) return nobodyAlive(workers);
  const isEveryDown = alive.every(({ state }) => state === "down");
  const ailing = alive.filter(({ state }) => state !== "ok").sort(oldestFirst)[0];
  if (!ailing) return { state: "ok", reason: null, since: null };
  return { state: isEveryDown ? "down" : "degraded", reason: ailing.reason, since: ailing.since };
}

export type TopicFacts = {
  binding: IngestStatus["binding"];
  topic: string;
  /** Stored in the last 10 full seconds. */
  records: number;
  lagRecords: number | null;
  /** Time of the newest record that is stored, and when it was stored; null = nothing ever was. */
  recordAt: Date | null;
  storedAt: Date | null;
};

/** One topic. Without a worker at work nothing is known about rate and lag: null, not 0. */
export function judgeTopic(facts: TopicFacts, workers: Health, at: Date): IngestStatus {
  const { binding, topic, records, lagRecords } = facts;
  const behindMs = behindOf(facts, at);
  if (workers.state === "down") {
    const { reason, since } = workers;
    const unknown = { recordsPerSecond: null, lagRecords: null, behindMs: ageOf(facts.recordAt, at) };
    return { binding, topic, ...unknown, state: "down", reason, since: since?.toISOString() ?? null };
  }
  const figures = { recordsPerSecond: records / 10, lagRecords, behindMs };
  if (lagRecords !== null && lagRecords > 0 && behindMs !== null && behindMs > behindLimitMs) {
    const reason = `${inCount(lagRecords, "record")} of ${topic} wait; the newest that is stored is ${inDuration(behindMs)} old.`;
    return { binding, topic, ...figures, state: "degraded", reason, since: null };
  }
  return { binding, topic, ...figures, state: "ok", reason: null, since: null };
}

/** What cannot be trusted at the moment, worst and oldest first. */
export function listDegraded(parts: {
  workers: Health;
  ingest: readonly IngestStatus[];
  indexer: readonly IndexerStatus[];
  self: readonly Health[];
}): Degraded[] {
  const { workers, ingest, indexer, self } = parts;
  return [
    ...(workers.state === "ok" ? [] : [ofHealth("Ingest", workers, ingestPanels(ingest))]),
    ...ingest.filter(({ state }) => state === "degraded").map(ofTopic),
    ...indexer.filter(({ state }) => state !== "ok" && state !== "absent").map(ofIndexer),
    ...self.filter(({ state }) => state !== "ok").map((health) => ofHealth("Live updates", health, ["live"])),
  ];
}

const panelsOfBinding: Record<IngestStatus["binding"], readonly Panel[]> = {
  activity: ["operations", "latency", "failures"],
  "agent-replays": [],
  "agent-status": [],
  lineage: [],
  telemetry: ["resources", "storage"],
};

const panelsOfFamily: Record<IndexerStatus["family"], readonly Panel[]> = {
  ddc: ["registered", "economics"],
  chain: [],
  staking: [],
  governance: [],
};

function nobodyAlive(workers: readonly WorkerFacts[]): Health {
  const last = workers.map(({ heardAt }) => heardAt).sort((a, b) => b.getTime() - a.getTime())[0];
  return {
    state: "down",
    reason: "No ingest worker is running: start the ingest role.",
    since: last ?? null,
  };
}

/** Their records tell of what was: a run that ended a minute ago is no delay of the road. */
const tellingThePast: ReadonlySet<IngestStatus["binding"]> = new Set([
  "lineage",
  "agent-replays",
  "agent-status",
]);

function behindOf({ binding, lagRecords, recordAt, storedAt }: TopicFacts, at: Date): number | null {
  if (recordAt === null) return null;
  if (lagRecords === 0 && tellingThePast.has(binding)) return 0;
  return lagRecords === 0 && storedAt !== null
    ? Math.max(0, msBetween(recordAt, storedAt))
    : ageOf(recordAt, at);
}

function ageOf(moment: Date | null, at: Date): number | null {
  return moment === null ? null : Math.max(0, msBetween(moment, at));
}

function ingestPanels(ingest: readonly IngestStatus[]): Panel[] {
  return [...new Set(ingest.flatMap(({ binding }) => panelsOfBinding[binding]))];
}

function ofHealth(part: string, { reason, since }: Health, darkens: readonly Panel[]): Degraded {
  const known = reason ?? `${part} does not say what is wrong.`;
  return { part, reason: known, since: since?.toISOString() ?? null, panels: [...darkens] };
}

function ofTopic({ binding, reason, since }: IngestStatus): Degraded {
  return { part: `Ingest of ${binding}`, reason: reason ?? "", since, panels: [...panelsOfBinding[binding]] };
}

function ofIndexer({ family, reason, since }: IndexerStatus): Degraded {
  return { part: `${family} indexer`, reason: reason ?? "", since, panels: [...panelsOfFamily[family]] };
}

function oldestFirst(a: Health, b: Health): number {
  return (a.since?.getTime() ?? 0) - (b.since?.getTime() ?? 0);
}

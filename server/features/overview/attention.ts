import { inCount } from "../../kernel/wording.ts";
import { type Breach, breachesOf, markOf } from "../nodes/rules.ts";
import type { NodeLimits, NodeRow } from "../nodes/schema.ts";
import type { IndexerStatus, IngestStatus } from "../system/schema.ts";
import type { Attention } from "./schema.ts";

export type AttentionFacts = {
  rows: readonly NodeRow[];
  limits: NodeLimits;
  ingest: readonly IngestStatus[];
  indexer: readonly IndexerStatus[];
  /** Records that could not be read in the last 10 min, by topic. */
  deadLetters: ReadonlyMap<string, number>;
  /** Of the fullest nodes, by key. */
  forecasts: ReadonlyMap<string, { fullInDays: number | null; wording: string }>;
};

/** What a person should look at, worst first; of equals the oldest first. One finding a node, and one for its disk. */
export function listAttention(facts: AttentionFacts): Attention[] {
  const findings = [
    ...facts.ingest.flatMap(ofTopic),
    ...facts.indexer.flatMap(ofIndexer),
    ...[...facts.deadLetters].flatMap(([topic, records]) => ofDeadLetters(topic, records)),
    ...facts.rows.flatMap((row) => ofNode(row, facts.limits)),
    ...facts.rows.flatMap((row) => ofDisk(row, facts)),
    ...ofUnheard(facts.rows),
    ...ofUnregistered(facts.rows, facts.indexer),
  ];
  return findings.sort(worstFirst);
}

const severities = ["crit", "warn", "unknown"] as const;

function worstFirst(a: Attention, b: Attention): number {
  const bySeverity = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  if (bySeverity !== 0) return bySeverity;
  const [from, other] = [a.since ?? "9999", b.since ?? "9999"];
  return from === other ? (a.id < b.id ? -1 : 1) : from < other ? -1 : 1;
}

function ofTopic({ topic, state, reason, since }: IngestStatus): Attention[] {
  if (state === "ok") return [];
  const title = state === "down" ? "Ingest stands still" : "Ingest is behind";
  const severity = state === "down" ? "crit" : "warn";
  const subject = { kind: "ingest", topic } as const;
  return [
    { id: `ingest:${topic}`, severity, title, detail: reason ?? `${topic} is not read.`, subject, since },
  ];
}

function ofIndexer({ family, state, reason, since }: IndexerStatus): Attention[] {
  if (state === "ok" || state === "absent") return [];
  const subject = { kind: "indexer", family } as const;
  const detail = reason ?? `The ${family} indexer is ${state}.`;
  return [{ id: `indexer:${family}`, severity: "warn", title: `Indexer ${state}`, detail, subject, since }];
}

function ofDeadLetters(topic: string, records: number): Attention[] {
  if (records === 0) return [];
  const subject = { kind: "ingest", topic } as const;
  const detail = `${inCount(records, "record")} of ${topic} could not be read in 10 min.`;
  return [{ id: `dead:${topic}`, severity: "warn", title: "Dead letters", detail, subject, since: null }];
}

function ofNode(row: NodeRow, limits: NodeLimits): Attention[] {
  const { kind, reason } = row.status;
  if (kind === "wrong_bytes")
    return [nodeFinding(row, { severity: "crit", title: "Node served wrong bytes", detail: reason })];
  if (kind === "silent")
    return [nodeFinding(row, { severity: "warn", title: "Node silent", detail: reason, since: row.heardAt })];
  if (kind === "probe_missed")
    return [nodeFinding(row, { severity: "warn", title: "Probe missed", detail: reason })];
  if (kind !== "degraded") return [];
  const breaches = breachesOf(row, limits);
  const isCritical = breaches.some(({ field }) => markOf(field, row[field], limits) === "crit");
  const title = breaches[0] ? breachTitles[breaches[0].field] : "Node degraded";
  return [nodeFinding(row, { severity: isCritical ? "crit" : "warn", title, detail: reason })];
}

const breachTitles: Record<Breach["field"], string> = {
  failureRatio: "Requests fail",
  p99Ms: "Slow answers",
  disk: "Disk full",
  diskGrowthPerHour: "Disk fills fast",
  diskReadMs: "Slow disk",
  clockSkewMs: "Clock is off",
  cpu: "CPU saturated",
  memory: "Memory saturated",
};

function ofDisk(row: NodeRow, { limits, forecasts }: AttentionFacts): Attention[] {
  if (row.removedAt !== null) return [];
  const forecast = forecasts.get(row.key);
  const days = forecast?.fullInDays ?? null;
  const id = `disk:${row.key}`;
  if (forecast && days !== null && days <= limits.diskFullDaysWarn)
    return [
      {
        ...nodeFinding(row, { severity: "warn", title: "Storage fills up", detail: `${forecast.wording}.` }),
        id,
      },
    ];
  const isDegradedByIt = row.disk !== null && row.disk >= limits.diskCrit;
  if (isDegradedByIt || markOf("disk", row.disk, limits) === null) return [];
  const detail = `Disk is full to ${Math.round((row.disk ?? 0) * 100)} %.`;
  return [{ ...nodeFinding(row, { severity: "warn", title: "Storage fills up", detail }), id }];
}

/** Registered, but neither telemetry nor activity has ever named them: one line, however many. */
function ofUnheard(rows: readonly NodeRow[]): Attention[] {
  const unheard = rows.filter((row) => row.removedAt === null && row.isRegistered && row.heardAt === null);
  if (unheard.length === 0) return [];
  const detail = `${inCount(unheard.length, "registered node")} never sent telemetry or activity.`;
  return [
    {
      id: "unheard",
      severity: "unknown",
      title: "Never heard",
      detail,
      subject: { kind: "network" },
      since: null,
    },
  ];
}

/** Only said while the chain is known: else every node would look unregistered. */
function ofUnregistered(rows: readonly NodeRow[], indexer: readonly IndexerStatus[]): Attention[] {
  const isChainKnown = indexer.some(({ family, state }) => family === "ddc" && state === "ok");
  const strangers = rows.filter((row) => !row.isRegistered);
  if (!isChainKnown || strangers.length === 0) return [];
  const names = strangers.slice(0, 3).map(({ name }) => name);
  const detail = `${inCount(strangers.length, "node")} heard that the chain does not know: ${names.join(", ")}${strangers.length > 3 ? ", …" : ""}.`;
  return [
    {
      id: "unregistered",
      severity: "warn",
      title: "Not registered",
      detail,
      subject: { kind: "network" },
      since: null,
    },
  ];
}

function nodeFinding(
  { key, name }: NodeRow,
  finding: Pick<Attention, "severity" | "title" | "detail"> & { since?: string | null },
): Attention {
  return { id: `node:${key}`, subject: { kind: "node", key, name }, since: null, ...finding };
}

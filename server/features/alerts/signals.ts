import { inBytes } from "../../kernel/wording.ts";
import type { NodeRow } from "../nodes/schema.ts";
import type { TopicRates } from "../overview/ingest-rates.ts";
import type { IndexerStatus, IngestStatus } from "../system/schema.ts";
import type { RuleId } from "./catalogue.ts";
import type { AlertSubject } from "./schema.ts";

/** One figure of one subject; null = cannot be told now. `note` follows the figure in an alert's words. */
export type Signal = { rule: string; subject: AlertSubject; value: number | null; note: string | null };

export type SignalFacts = {
  at: Date;
  rows: readonly NodeRow[];
  /** The road by which nodes are heard stands still: their silence says nothing about them. */
  isStalled: boolean;
  /** Requests that a share of failures must be of. */
  minRequests: number;
  /** Days until full of the fullest nodes, by key; null = not within sight. */
  fullInDays: ReadonlyMap<string, number | null>;
  /** Risk scores that were made in this round or before, by key. */
  risks: ReadonlyMap<string, number | null>;
  ingest: readonly IngestStatus[];
  rates: ReadonlyMap<string, TopicRates>;
  indexer: readonly IndexerStatus[];
};

/** All figures that rules look at, of one network at one moment. */
export function signalsOf(facts: SignalFacts): Signal[] {
  const present = facts.rows.filter((row) => row.removedAt === null);
  return [
    ...present.flatMap((row) => ofNode(row, facts)),
    ...facts.ingest.flatMap((topic) => ofTopic(topic, facts.rates.get(topic.topic))),
    ...facts.indexer.flatMap(ofIndexer),
  ];
}

function ofNode(row: NodeRow, facts: SignalFacts): Signal[] {
  const subject: AlertSubject = { kind: "node", id: row.key, name: row.name };
  const signal = (rule: RuleId, value: number | null, note: string | null = null): Signal => ({
    rule,
    subject,
    value,
    note,
  });
  const isJudged = (row.requests15m ?? 0) >= facts.minRequests;
  const fullInDays = facts.fullInDays.get(row.key);
  return [
    signal("node-wrong-bytes", row.wrongPieces),
    signal("node-silent", silenceMs(row, facts), row.heardAt && `last heard ${clock(row.heardAt)} UTC`),
    signal("node-risk", facts.risks.get(row.key) ?? null),
    signal("node-failures", isJudged ? row.failureRatio : null),
    signal("node-latency", row.p99Ms),
    // Not within sight is as far away as can be.
    signal(
      "node-disk-forecast",
      fullInDays === undefined ? null : (fullInDays ?? Number.MAX_SAFE_INTEGER),
      storage(row),
    ),
    signal("node-disk-full", row.disk, storage(row)),
    signal("node-disk-slow", row.diskReadMs),
    signal("node-clock", row.clockSkewMs === null ? null : Math.abs(row.clockSkewMs)),
  ];
}

function silenceMs({ heardAt }: NodeRow, { at, isStalled }: SignalFacts): number | null {
  if (heardAt === null || isStalled) return null;
  return Math.max(0, at.getTime() - new Date(heardAt).getTime());
}

function ofTopic({ topic, behindMs }: IngestStatus, rates: TopicRates | undefined): Signal[] {
  const subject: AlertSubject = { kind: "topic", id: topic, name: topic };
  return [
    { rule: "ingest-behind", subject, value: behindMs, note: null },
    { rule: "dead-letters", subject, value: rates?.deadLetters10m ?? null, note: null },
  ];
}

function ofIndexer({ family, state, lagMs, reason }: IndexerStatus): Signal[] {
  if (state === "absent") return [];
  const subject: AlertSubject = { kind: "indexer", id: family, name: `${family} indexer` };
  return [{ rule: "indexer-behind", subject, value: lagMs, note: reason }];
}

function storage({ storedBytes, capacityBytes }: NodeRow): string | null {
  return storedBytes === null || capacityBytes === null
    ? null
    : `${inBytes(storedBytes)} of ${inBytes(capacityBytes)}`;
}

function clock(instant: string): string {
  return instant.slice(11, 19);
}

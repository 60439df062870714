import { inCount, inDuration, inMs, inPercent } from "../../kernel/wording.ts";
import type { Severity } from "./schema.ts";

/**
 * What is watched. A signal is one figure of one subject at one moment; a rule says when it is too much. Browser-safe.
 * `wordLimit` puts a value of the signal into a sentence; `settable` bounds what a person may set as its limit.
 */
export type RuleDefinition = {
  id: string;
  title: string;
  /** What the figure is: "share of failed requests, 15 min". */
  signal: string;
  /** Too much is above the limit, or below it. */
  breach: "above" | "below";
  limit: number;
  severity: Severity;
  /** How long it must last before it fires. */
  forMs: number;
  settable: { min: number; max: number };
  wordLimit: (value: number) => string;
  /** A page of docs/runbooks. */
  runbook: string;
};

const minuteMs = 60_000;
const share = { min: 0, max: 1 };
const aDay = { min: 1_000, max: 86_400_000 };
const inDays = (days: number) => inCount(Math.round(days), "day");
const inPoints = (points: number) => `${Math.round(points)} of 100`;
const inRecords = (records: number) => inCount(records, "record");
const inPieces = (pieces: number) => inCount(pieces, "piece");

export const ruleCatalogue = [
  {
    id: "node-wrong-bytes",
    title: "Node served wrong bytes",
    signal: "pieces that did not hash to their CID",
    breach: "above",
    limit: 0,
    severity: "critical",
    forMs: 0,
    settable: { min: 0, max: 1_000_000 },
    wordLimit: inPieces,
    runbook: "node-wrong-bytes",
  },
  {
    id: "node-silent",
    title: "Node silent",
    signal: "time since it was last heard",
    breach: "above",
    limit: 15_000,
    severity: "warning",
    forMs: 15_000,
    settable: aDay,
    wordLimit: inDuration,
    runbook: "node-silent",
  },
  {
    id: "node-risk",
    title: "Risk of a penalty",
    signal: "risk score of the node",
    breach: "above",
    limit: 60,
    severity: "critical",
    forMs: minuteMs,
    settable: { min: 0, max: 100 },
    wordLimit: inPoints,
    runbook: "node-risk",
  },
  {
    id: "node-failures",
    title: "Requests fail",
    signal: "share of failed requests, 15 min",
    breach: "above",
    limit: 0.03,
    severity: "warning",
    forMs: 2 * minuteMs,
    settable: share,
    wordLimit: inPercent,
    runbook: "node-failures",
  },
  {
    id: "node-latency",
    title: "Slow answers",
    signal: "p99 of request latency",
    breach: "above",
    limit: 1_000,
    severity: "warning",
    forMs: 5 * minuteMs,
    settable: { min: 1, max: 600_000 },
    wordLimit: inMs,
    runbook: "node-latency",
  },
  {
    id: "node-disk-forecast",
    title: "Storage fills up",
    signal: "days until the disk is full",
    breach: "below",
    limit: 30,
    severity: "warning",
    forMs: 10 * minuteMs,
    settable: { min: 1, max: 3_650 },
    wordLimit: inDays,
    runbook: "node-disk",
  },
  {
    id: "node-disk-full",
    title: "Disk full",
    signal: "share of the disk in use",
    breach: "above",
    limit: 0.95,
    severity: "critical",
    forMs: minuteMs,
    settable: share,
    wordLimit: inPercent,
    runbook: "node-disk",
  },
  {
    id: "node-disk-slow",
    title: "Slow disk",
    signal: "mean time of a disk read",
    breach: "above",
    limit: 20,
    severity: "warning",
    forMs: 5 * minuteMs,
    settable: { min: 0.1, max: 60_000 },
    wordLimit: inMs,
    runbook: "node-disk",
  },
  {
    id: "node-clock",
    title: "Clock is off",
    signal: "distance of the node's clock from ours",
    breach: "above",
    limit: 1_000,
    severity: "warning",
    forMs: minuteMs,
    settable: { min: 1, max: 86_400_000 },
    wordLimit: inDuration,
    runbook: "node-clock",
  },
  {
    id: "ingest-behind",
    title: "Ingest is behind",
    signal: "age of the newest record when it was stored",
    breach: "above",
    limit: 15_000,
    severity: "warning",
    forMs: 15_000,
    settable: aDay,
    wordLimit: inDuration,
    runbook: "ingest-behind",
  },
  {
    id: "dead-letters",
    title: "Dead letters",
    signal: "records that could not be read, 10 min",
    breach: "above",
    limit: 5,
    severity: "warning",
    forMs: 0,
    settable: { min: 0, max: 1_000_000_000 },
    wordLimit: inRecords,
    runbook: "dead-letters",
  },
  {
    id: "indexer-behind",
    title: "Indexer is behind",
    signal: "age of the newest indexed block",
    breach: "above",
    limit: minuteMs,
    severity: "warning",
    forMs: 15_000,
    settable: aDay,
    wordLimit: inDuration,
    runbook: "indexer-behind",
  },
] as const satisfies readonly RuleDefinition[];

export type RuleId = (typeof ruleCatalogue)[number]["id"];

export function ruleById(id: string): RuleDefinition | undefined {
  return ruleCatalogue.find((rule) => rule.id === id);
}

import { expect, it } from "vitest";
import { toRetention } from "../features/settings/retention-rules.ts";
import { defaultRetention } from "../kernel/retention.ts";
import { startPosition } from "./start-position.ts";
import { partitionAt } from "./time-partitions.ts";
import { stuckReason, workerHealth } from "./worker-health.ts";

const at = new Date("2026-11-23T12:00:00Z");
const secondsAgo = (seconds: number) => new Date(at.getTime() - seconds * 1_000);
const connected = { kind: "connected" } as const;

it.each([
  [
    "goes on where the database stands",
    { next: 50, first: 0, end: 90, writtenSince: 0 },
    { kind: "resume", at: 50 },
  ],
  ["goes on at the very end", { next: 90, first: 0, end: 90, writtenSince: 0 }, { kind: "resume", at: 90 }],
  [
    "says what the log dropped before it was read",
    { next: 50, first: 70, end: 90, writtenSince: 0 },
    { kind: "lost", at: 70, from: 50, to: 69 },
  ],
  [
    "reads a topic that was made anew from its beginning",
    { next: 50, first: 0, end: 9, writtenSince: 0 },
    { kind: "shortened", at: 0 },
  ],
  [
    "goes on at the end of a log that lost its tail",
    { next: 50, first: 0, end: 48, writtenSince: 48 },
    { kind: "shortened", at: 48 },
  ],
] as const)("%s", (_what, facts, expected) => {
  expect(startPosition(facts)).toEqual(expected);
});

it.each([
  ["activity", "2026-11-23T23:59:59.999Z", "activity_20261123", "2026-11-23", "2026-11-24"],
  ["rollup_1m", "2024-02-29T00:00:00.000Z", "rollup_1m_20240229", "2024-02-29", "2024-03-01"],
  ["rollup_1h", "2026-12-31T10:00:00.000Z", "rollup_1h_202612", "2026-12-01", "2027-01-01"],
  ["reading_1d", "2026-01-01T00:00:00.000Z", "reading_1d_2026", "2026-01-01", "2027-01-01"],
])("puts %s of %s into %s", (table, time, name, from, to) => {
  expect(partitionAt(table, Date.parse(time))).toEqual({
    table,
    name,
    from: new Date(from),
    to: new Date(to),
  });
});

it("takes days from the setting, keeps defaults for the rest, and drops nothing because of a typo", () => {
  expect(toRetention({ raw: 3, "1h": null })).toEqual({
    ...defaultRetention,
    raw: 3 * 86_400_000,
    "1h": null,
  });
  expect(toRetention({ raw: "a week" })).toEqual(defaultRetention);
  expect(toRetention({ raw: 0 })).toEqual(defaultRetention);
  expect(toRetention(undefined)).toEqual(defaultRetention);
});

it("says in words what is wrong, the log before the database", () => {
  const unreachable = {
    kind: "unreachable",
    reason: "Kafka at kafka:9092 does not answer",
    since: secondsAgo(30),
  } as const;
  const database = { reason: "connect ECONNREFUSED", since: secondsAgo(5) };
  expect(workerHealth({ log: connected, database: null, startedAt: at })).toEqual({
    state: "ok",
    reason: null,
    since: null,
  });
  expect(workerHealth({ log: unreachable, database, startedAt: at })).toEqual({
    state: "down",
    reason: "Kafka at kafka:9092 does not answer, since 11:59:30 UTC",
    since: secondsAgo(30),
  });
  expect(workerHealth({ log: connected, database, startedAt: at })).toEqual({
    state: "degraded",
    reason: "Nothing is written since 11:59:55 UTC: connect ECONNREFUSED",
    since: secondsAgo(5),
  });
});

it("is stuck only when it waits for what will not come", () => {
  const lost = (seconds: number) =>
    ({ kind: "unreachable", reason: "", since: secondsAgo(seconds) }) as const;
  const facts = { log: connected, logAnswers: true, flushStartedAt: null, at };
  expect(stuckReason(facts)).toBeNull();
  expect(stuckReason({ ...facts, flushStartedAt: secondsAgo(110) })).toBeNull();
  expect(stuckReason({ ...facts, flushStartedAt: secondsAgo(130) })).toContain("flush");
  expect(stuckReason({ ...facts, log: lost(3_600), logAnswers: false })).toBeNull();
  expect(stuckReason({ ...facts, log: lost(60) })).toBeNull();
  expect(stuckReason({ ...facts, log: lost(130) })).toContain("Kafka answers");
});

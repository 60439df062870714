import { expect, it } from "vitest";
import type { IndexerStatus, IngestStatus } from "../../../server/features/system/schema.ts";
import { statusItems } from "./status-words.ts";

const indexer: IndexerStatus = {
  family: "ddc",
  height: 24_817_343,
  lagBlocks: 3,
  lagMs: 18_000,
  state: "ok",
  reason: null,
  since: null,
};
const activity: IngestStatus = {
  binding: "activity",
  topic: "ddc.activity",
  recordsPerSecond: 30_936,
  lagRecords: 12,
  behindMs: 200,
  state: "ok",
  reason: null,
  since: null,
};
const telemetry: IngestStatus = { ...activity, binding: "telemetry", recordsPerSecond: 1_904, behindMs: 90 };

it("says how far indexer and ingest are behind and how much comes in", () => {
  expect(statusItems({ indexer: [indexer], ingest: [activity, telemetry] })).toEqual([
    { id: "indexer", name: "Indexer", value: "#24,817,343", rest: "3 blocks behind, 18 s" },
    { id: "ingest", name: "Ingest", value: "0.2 s", rest: "behind" },
    { id: "kafka", name: "Kafka", value: "32,840", rest: "records/s" },
  ]);
});

it("never shows a zero for what is not known", () => {
  const unknown = { ...telemetry, recordsPerSecond: null, behindMs: null };
  const [shownIndexer, ingest, kafka] = statusItems({
    indexer: [{ ...indexer, height: null, lagBlocks: null, lagMs: null }],
    ingest: [activity, unknown],
  });
  expect([shownIndexer?.value, ingest?.value, kafka?.value]).toEqual(["·", "·", "·"]);
});

it("does not take a topic that never brought anything for one that is behind", () => {
  const quiet = { ...telemetry, recordsPerSecond: 0, lagRecords: null, behindMs: null };
  const [ingest] = statusItems({ indexer: [], ingest: [activity, quiet] });
  expect(ingest?.value).toBe("0.2 s");
  expect(statusItems({ indexer: [], ingest: [quiet] })[0]?.value).toBe("·");
});

it("speaks of the slowest indexer, and not of families that nobody connected", () => {
  const nothing = { height: null, lagBlocks: null, lagMs: null };
  const absent: IndexerStatus = { ...indexer, ...nothing, family: "chain", state: "absent" };
  const slow: IndexerStatus = {
    ...indexer,
    family: "staking",
    height: 24_816_931,
    lagBlocks: 412,
    lagMs: 2_460_000,
  };
  const [shown] = statusItems({ indexer: [indexer, absent, slow], ingest: [] });
  expect(shown).toMatchObject({ value: "#24,816,931", rest: "412 blocks behind, 41 m" });
});

it("leaves out what this network does not have", () => {
  const absent = { ...indexer, family: "chain", state: "absent", height: null, lagMs: null } as const;
  expect(statusItems({ indexer: [absent, indexer], ingest: [] })).toMatchObject([{ value: "#24,817,343" }]);
  expect(statusItems({ indexer: [absent], ingest: [] })).toEqual([]);
  expect(statusItems({ indexer: [], ingest: [] })).toEqual([]);
});

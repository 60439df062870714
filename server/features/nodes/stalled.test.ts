import { describe, expect, it } from "vitest";
import type { IngestStatus } from "../system/schema.ts";
import { findStalled } from "./stalled.ts";

const moving: IngestStatus = {
  binding: "telemetry",
  topic: "otlp_metrics",
  recordsPerSecond: 190,
  lagRecords: 0,
  behindMs: 200,
  state: "ok",
  reason: null,
  since: null,
};
const down: IngestStatus = {
  ...moving,
  recordsPerSecond: null,
  lagRecords: null,
  state: "down",
  reason: "Kafka has not answered since 11:59:50.",
  since: "2026-11-23T11:59:50.000Z",
};

describe("whether the road to nodes stands still", () => {
  it.each<[string, IngestStatus[], string | null]>([
    ["not while all topics are read", [moving, { ...moving, topic: "ddc.activity" }], null],
    ["when ingest is down", [moving, down], "Kafka has not answered since 11:59:50"],
    [
      "when records wait",
      [{ ...moving, state: "degraded", reason: "900 records of otlp_metrics wait." }],
      "900 records of otlp_metrics wait",
    ],
    [
      "not when something else waits than what names nodes",
      [moving, { ...moving, binding: "lineage", state: "degraded", reason: "2 records wait." }],
      null,
    ],
    [
      "when one partition is behind although another's newest record is new",
      [
        moving,
        { ...moving, topic: "ddc.activity", recordsPerSecond: 1_000, lagRecords: 5_001, behindMs: 300 },
      ],
      "5,001 records of ddc.activity wait to be stored",
    ],
    ["not for what is always under way", [{ ...moving, recordsPerSecond: 1_000, lagRecords: 5_000 }], null],
    ["not for a few where little is written", [{ ...moving, recordsPerSecond: 0, lagRecords: 20 }], null],
    ["when nobody says why", [{ ...moving, state: "degraded" }], "ingest of otlp_metrics is degraded"],
    ["when nothing is read for the network", [], "no Kafka topic of this network is configured"],
  ])("%s", (_, ingest, reason) => {
    expect(findStalled(ingest)?.reason ?? null).toBe(reason);
  });
});

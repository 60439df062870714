import { expect, it } from "vitest";
import type { ExportJob } from "../../../server/features/exports/schema.ts";
import { endWords, nameOf, progressWords, restWords } from "./job-words.ts";

const at = new Date("2026-11-27T03:15:10.000Z");

const job: ExportJob = {
  id: "0d9a9b8e-5c1f-4a70-9a53-0a6a1f6b7c8d",
  source: "nodes",
  title: "Nodes of mainnet",
  fileName: "nodes-mainnet.csv",
  format: "csv",
  isCompressed: false,
  state: "running",
  reason: null,
  rows: 2_411_000,
  bytes: 10,
  totalRows: 9_644_000,
  isEstimate: true,
  attempt: 1,
  createdAt: at.toISOString(),
  startedAt: new Date(at.getTime() - 24_000).toISOString(),
  finishedAt: null,
  expiresAt: null,
};

it("says how far an export is and how long it takes", () => {
  expect([nameOf(job), progressWords(job), restWords(job, at)]).toEqual([
    "Nodes of mainnet, CSV",
    "2,411,000 of ≈ 9,644,000 rows",
    "1 m 12 s left",
  ]);
  expect(progressWords({ ...job, totalRows: null })).toBe("2,411,000 rows");
});

it("says that it was begun again", () => {
  expect(progressWords({ ...job, attempt: 2 })).toContain("begun again after a restart");
  expect(progressWords({ ...job, state: "queued", attempt: 2 })).toBe("waiting, begun again after a restart");
});

it("says what became of it", () => {
  expect(endWords({ ...job, state: "done", rows: 1 })).toBe("1 row, kept for 24 h");
  expect(endWords({ ...job, state: "failed", reason: "The file grew." })).toBe("The file grew.");
  expect(endWords({ ...job, state: "cancelled", rows: 12 })).toBe(
    "Cancelled after 12 rows; no file was kept.",
  );
});

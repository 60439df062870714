import { expect, it } from "vitest";
import { mostBatchBytes, nextBatchLimit } from "./batch-limit.ts";

const failed = { isWritten: false, ms: 200 };
const slow = { isWritten: true, ms: 6_000 };
const quick = { isWritten: true, ms: 150 };
const usual = { isWritten: true, ms: 2_000 };

function after(flushes: readonly (typeof quick)[], from = mostBatchBytes): number {
  return flushes.reduce(nextBatchLimit, from);
}

it("takes half as much after a flush that failed or was slow, but never nothing", () => {
  expect(after([failed])).toBe(mostBatchBytes / 2);
  expect(after([slow, failed])).toBe(mostBatchBytes / 4);
  expect(after(new Array(50).fill(failed))).toBeGreaterThan(100_000);
});

it("takes more again once flushes are quick, and as much as before at most", () => {
  expect(after([failed, failed, quick])).toBe(mostBatchBytes / 2);
  expect(after([failed, quick, quick, quick])).toBe(mostBatchBytes);
  expect(after([quick])).toBe(mostBatchBytes);
});

it("stays where it is while flushes take their time", () => {
  expect(after([failed, usual, usual])).toBe(mostBatchBytes / 2);
});

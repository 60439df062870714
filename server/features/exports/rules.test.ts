import { expect, it } from "vitest";
import { msLeft, shareOf, stampedName } from "./rules.ts";

const at = new Date("2026-11-27T03:15:10.500Z");

it.each([
  [{ rows: 250, totalRows: 1_000 }, 0.25],
  [{ rows: 0, totalRows: 1_000 }, 0],
  // An estimate that was too low does not say "done" before it is.
  [{ rows: 1_200, totalRows: 1_000 }, 0.99],
  [{ rows: 250, totalRows: null }, null],
  [{ rows: 0, totalRows: 0 }, null],
])("knows how far %o is", (progress, share) => {
  expect(shareOf(progress)).toBe(share);
});

it("reckons the rest at the pace so far, and guesses nothing", () => {
  const startedAt = new Date(at.getTime() - 10_000).toISOString();
  expect(msLeft({ rows: 250, totalRows: 1_000, startedAt }, at)).toBe(30_000);
  expect(msLeft({ rows: 250, totalRows: null, startedAt }, at)).toBeNull();
  expect(msLeft({ rows: 0, totalRows: 1_000, startedAt }, at)).toBeNull();
  expect(msLeft({ rows: 1_000, totalRows: 1_000, startedAt }, at)).toBeNull();
  expect(msLeft({ rows: 250, totalRows: 1_000, startedAt: null }, at)).toBeNull();
  expect(
    msLeft({ rows: 250, totalRows: 1_000, startedAt: new Date(at.getTime() - 500).toISOString() }, at),
  ).toBeNull();
});

it("names a file for what it is and when it was asked for", () => {
  expect(stampedName("nodes-mainnet", "csv.gz", at)).toBe("nodes-mainnet-20261127T031510Z.csv.gz");
});

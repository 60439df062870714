import { expect, it } from "vitest";
import { placeOfSpan, shareWords } from "./live-rules.ts";

const range = { from: "2026-11-27T10:00:00.000Z", to: "2026-11-27T11:00:00.000Z" };

it.each([
  ["2026-11-27T10:15:00.000Z", "2026-11-27T10:30:00.000Z", { left: 25, width: 25 }],
  ["2026-11-27T09:00:00.000Z", "2026-11-27T10:30:00.000Z", { left: 0, width: 50 }],
  ["2026-11-27T10:30:00.000Z", null, { left: 50, width: 50 }],
  ["2026-11-27T10:30:00.000Z", "2026-11-27T12:00:00.000Z", { left: 50, width: 50 }],
])("places what was live from %s to %s", (from, until, place) => {
  expect(placeOfSpan({ from, until }, range)).toEqual(place);
});

it("says in words who got what", () => {
  const [one, two] = [`baear4i${"a".repeat(52)}`, `baear4i${"b".repeat(52)}`];
  const shares = [
    { cid: one, semver: "2.3.1", percent: 75, isDefault: true },
    { cid: two, semver: null, percent: 25, isDefault: false },
  ];
  expect(shareWords({ shares, targeted: [{ cid: two, semver: "2.5.0" }] })).toBe(
    `2.3.1 75 %, ${two} 25 %; some get 2.5.0`,
  );
  expect(shareWords({ shares: [], targeted: [] })).toBe("nothing");
});

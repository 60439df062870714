import { expect, it } from "vitest";
import { sharesOf } from "./share-rules.ts";
import { aRecord } from "./testing/a-record.ts";

const at = new Date("2026-01-01T12:00:00.000Z");
const cid = (letter: string) => `baear4i${letter.repeat(52)}`;

it("gives the default everything", () => {
  expect(sharesOf([aRecord({ version: cid("a") })], at)).toEqual({
    shares: [{ cid: cid("a"), percent: 100, isDefault: true }],
    targeted: [],
  });
});

it("divides a tier between the default and its canary by weight, the default first", () => {
  const records = [
    aRecord({ name: "canary", targeting: "true", version: cid("b"), weight: 25 }),
    aRecord({ version: cid("a"), weight: 75 }),
  ];
  expect(sharesOf(records, at).shares).toEqual([
    { cid: cid("a"), percent: 75, isDefault: true },
    { cid: cid("b"), percent: 25, isDefault: false },
  ]);
});

it("names those who are picked out beside, once", () => {
  const picked = { targeting: 'vault.scope == "beta"', version: cid("c"), priority: 1 };
  const records = [
    aRecord({ version: cid("a") }),
    aRecord({ ...picked, name: "p1" }),
    aRecord({ ...picked, name: "p2" }),
  ];
  expect(sharesOf(records, at)).toMatchObject({ shares: [{ cid: cid("a") }], targeted: [cid("c")] });
});

it.each([
  ["is off", { enabled: false }],
  ["has expired", { expiresAt: "2026-01-01T11:59:59.000Z" }],
])("leaves out a record that %s", (_, part) => {
  const off = aRecord({ name: "other", targeting: "true", version: cid("b"), ...part });
  expect(sharesOf([aRecord({ version: cid("a") }), off], at).shares).toHaveLength(1);
});

it("an earlier tier that takes every event leaves nothing for the default", () => {
  const all = aRecord({ name: "all", targeting: "true", priority: 1, version: cid("b") });
  expect(sharesOf([aRecord({ priority: 100, version: cid("a") }), all], at).shares).toEqual([
    { cid: cid("b"), percent: 100, isDefault: false },
  ]);
});

it("knows nobody where nothing was deployed", () => {
  expect(sharesOf([], at)).toEqual({ shares: [], targeted: [] });
});

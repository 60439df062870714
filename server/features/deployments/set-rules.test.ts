import { describe, expect, it } from "vitest";
import { judgeSet, type SetFacts, type VersionFacts } from "./set-rules.ts";
import { aRecord, cidA, cidB } from "./testing/a-record.ts";

const version = (state: VersionFacts["state"] = "validated"): VersionFacts => ({
  state,
  params: {
    maxMinutes: { type: "integer", minimum: 1, maximum: 120 },
    model: { type: "string", enum: ["small", "large"] },
  },
  engagements: ["summaries"],
});
const facts = (parts: Partial<SetFacts> = {}): SetFacts => ({
  versions: new Map([
    [cidA, version()],
    [cidB, version("archived")],
  ]),
  inForce: new Set(),
  held: null,
  at: new Date("2026-07-14T03:00:00Z"),
  ...parts,
});
const base = aRecord();
const pin = aRecord({ name: "pin", priority: 1, targeting: "true" });
const brief = (value: unknown, given = facts()) =>
  judgeSet(value, given).issues.map(({ rule, pointer }) => `${rule} ${pointer}`);

describe("judgeSet", () => {
  it("takes a SET in which everything holds", () => {
    const rich = {
      ...pin,
      params: { maxMinutes: 120, model: "large" },
      engagements: { summaries: { enabled: false } },
    };
    expect(brief([rich, base])).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ["no list", {}, ["shape "]],
    ["nothing", [], ["shape "]],
    ["a field that nobody knows", [{ ...base, region: "eu" }], ["shape /0"]],
    ["no default", [pin], ["default "]],
    ["two defaults", [base, { ...pin, targeting: "" }], ["default /1/targeting"]],
    ["a default that is off", [{ ...base, enabled: false }], ["default /0/enabled"]],
    ["a default that expires", [{ ...base, expiresAt: "2027-01-01T00:00:00Z" }], ["default /0/expiresAt"]],
    ["a name twice", [base, pin, { ...pin, priority: 2 }], ["names /2/name"]],
    ["a name that is none", [{ ...base, name: "Default " }], ["shape /0/name"]],
    [
      "targeting that does not compile",
      [base, { ...pin, targeting: "vault.region == 1" }],
      ["targeting /1/targeting"],
    ],
    ["an unknown version", [{ ...base, version: `baear4i${"c".repeat(52)}` }], ["versions /0/version"]],
    ["an archived version", [{ ...base, version: cidB }], ["versions /0/version"]],
    ["no CID", [{ ...base, version: "latest" }], ["shape /0/version"]],
    ["weight 0", [{ ...base, weight: 0 }], ["weights /0/weight"]],
    ["a broken weight", [{ ...base, weight: 1.5 }], ["weights /0/weight"]],
    ["priority below 0", [{ ...base, priority: -1 }], ["shape /0/priority"]],
    [
      "an expiry that has passed",
      [base, { ...pin, expiresAt: "2026-07-14T02:59:59Z" }],
      ["expiry /1/expiresAt"],
    ],
    ["an expiry that is no time", [base, { ...pin, expiresAt: "tomorrow" }], ["expiry /1/expiresAt"]],
    ["a param that is not there", [base, { ...pin, params: { speed: 1 } }], ["overrides /1/params/speed"]],
    [
      "a param out of bounds",
      [base, { ...pin, params: { maxMinutes: 121 } }],
      ["overrides /1/params/maxMinutes"],
    ],
    ["a param of another type", [base, { ...pin, params: { model: 3 } }], ["overrides /1/params/model"]],
    [
      "a param that is none of its values",
      [base, { ...pin, params: { model: "huge" } }],
      ["overrides /1/params/model"],
    ],
    [
      "an engagement that is not there",
      [base, { ...pin, engagements: { x: { enabled: true } } }],
      ["overrides /1/engagements/x"],
    ],
  ])("names %s at its place", (_what, value, expected) => {
    expect(brief(value)).toEqual(expected);
  });

  it("lets a deprecated version go on where it runs, and nowhere else", () => {
    const versions = new Map([[cidA, version("deprecated")]]);
    expect(brief([base], facts({ versions, inForce: new Set([cidA]) }))).toEqual([]);
    expect(brief([base], facts({ versions }))).toEqual(["versions /0/version"]);
  });

  it("names every fault at once", () => {
    const bad = {
      ...pin,
      name: "default",
      targeting: "nobody",
      version: cidB,
      expiresAt: "2020-01-01T00:00:00Z",
    };
    expect(brief([base, bad])).toEqual([
      "names /1/name",
      "targeting /1/targeting",
      "expiry /1/expiresAt",
      "versions /1/version",
    ]);
  });

  it("names wrong targeting also where the shape is wrong", () => {
    expect(brief([base, { ...pin, weight: 0, targeting: "vault.region == 'eu'" }])).toEqual([
      "weights /1/weight",
      "targeting /1/targeting",
    ]);
  });

  it("leaves what a rollout holds untouched, whatever the order of its keys", () => {
    const held = { rollout: "7", records: [base] };
    const { name, ...rest } = base;
    expect(brief([{ ...rest, name }], facts({ held }))).toEqual([]);
    expect(brief([{ ...base, weight: 2 }], facts({ held }))).toEqual(["held /0"]);
    expect(brief([{ ...pin, targeting: "" }], facts({ held }))).toEqual(["held "]);
  });
});

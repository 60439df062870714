import { expect, it } from "vitest";
import { changedFields } from "./changed-fields.ts";

it("names the fields that differ, with both values", () => {
  expect(
    changedFields(
      { name: "Ana", state: "active", limits: { p99Ms: 500, cpu: 0.9 } },
      { name: "Ana", state: "deactivated", limits: { p99Ms: 800, cpu: 0.9 } },
    ),
  ).toEqual([
    { path: "state", before: "active", after: "deactivated" },
    { path: "limits.p99Ms", before: "500", after: "800" },
  ]);
});

it("shows what came and what went", () => {
  expect(changedFields(null, { way: "password" })).toEqual([
    { path: "way", before: null, after: "password" },
  ]);
  expect(changedFields({ reason: "x" }, null)).toEqual([{ path: "reason", before: "x", after: null }]);
  expect(changedFields({ network: null }, { network: "mainnet" })).toEqual([
    { path: "network", before: "null", after: "mainnet" },
  ]);
});

it("compares lists as a whole", () => {
  const grant = { role: "viewer", network: null };
  expect(changedFields({ grants: [grant] }, { grants: [grant] })).toEqual([]);
  expect(changedFields({ grants: [grant] }, { grants: [] })).toEqual([
    { path: "grants", before: '{"role":"viewer","network":null}', after: "" },
  ]);
});

it("finds nothing between equal records and between none", () => {
  expect(changedFields({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([]);
  expect(changedFields(null, null)).toEqual([]);
});

import { expect, it } from "vitest";
import { type ReadDrop, refusalToSend } from "./upload-state.ts";

const fault = { line: 1, column: 1, offset: 0, length: 1, path: "", message: "x", instead: null };
const drop = (faults: number): ReadDrop => ({
  files: [],
  bytes: 1,
  ms: 1,
  reading: { files: [], cid: "c", manifestText: "{}", manifest: null, faults: Array(faults).fill(fault) },
});

it.each([
  [1, "ab".repeat(32), "The manifest has a fault"],
  [3, "", "The manifest has 3 faults"],
  [0, "", "Needs the key of an agent service"],
  [0, "AB".repeat(32), "Needs the key of an agent service"],
  [0, "ab".repeat(32), null],
])("with %i faults and service %j: %j", (faults, agentService, refusal) =>
  expect(refusalToSend(drop(faults), { agentService })).toBe(refusal),
);

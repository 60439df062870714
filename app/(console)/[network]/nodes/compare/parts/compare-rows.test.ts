import { describe, expect, it } from "vitest";
import type { NodeRow } from "../../../../../../server/features/nodes/schema.ts";
import { aNodeRow } from "../../parts/testing/a-node-row.ts";
import { compareRows } from "./compare-rows.ts";

function oddOf(label: string, nodes: readonly Partial<NodeRow>[]): boolean[] | undefined {
  const row = compareRows(nodes.map((changes) => aNodeRow(changes))).find((line) => line.label === label);
  return row?.cells.map(({ isOdd }) => isOdd);
}

describe("nodes side by side", () => {
  it("marks the one whose version is not that of the others", () => {
    const versions = ["1.14.2", "1.15.0", "1.14.2"].map((version) => ({ version }));
    expect(oddOf("Version", versions)).toEqual([false, true, false]);
  });

  it("marks both of two that differ: neither is the usual one", () => {
    expect(oddOf("Region", [{ region: "eu" }, { region: "us" }])).toEqual([true, true]);
  });

  it("marks nothing where all agree or nothing is known", () => {
    expect(oddOf("Mode", [{ mode: "Full" }, { mode: "Full" }, { mode: null }])).toEqual([
      false,
      false,
      false,
    ]);
    expect(oddOf("Latency p99", [{ p99Ms: null }, { p99Ms: null }])).toEqual([false, false]);
  });

  it("marks a figure that is far from the median of the others", () => {
    const p99s = [{ p99Ms: 120 }, { p99Ms: 131 }, { p99Ms: 1_912 }, { p99Ms: null }];
    expect(oddOf("Latency p99", p99s)).toEqual([false, false, true, false]);
  });

  it("marks a node that does nothing while the others do", () => {
    expect(oddOf("Operations", [{ opsPerSecond: 0 }, { opsPerSecond: 388 }, { opsPerSecond: 402 }])).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("writes a missing reading as a dot, never as 0", () => {
    const rows = compareRows([aNodeRow({ cpu: null }), aNodeRow({ cpu: 0 })]);
    expect(rows.find((row) => row.label === "CPU")?.cells.map(({ text }) => text)).toEqual(["·", "0"]);
  });
});

import { describe, expect, it } from "vitest";
import { publishedClusters } from "../registry/source-rules.ts";
import { capacityOf, clusterCaveats, clusterName, failureRatioOf } from "./rules.ts";

describe("clusterName", () => {
  it("knows the names that Cere publishes and makes up none", () => {
    expect(clusterName(publishedClusters.mainnet)).toBe("Dragon 1");
    expect(clusterName(`0x${"0".repeat(40)}`)).toBeNull();
  });
});

describe("capacityOf", () => {
  it("counts used space by the disk, else by what is stored, and only of nodes that report it", () => {
    const nodes = [
      { capacityBytes: 100, disk: 0.25, storedBytes: 5 },
      { capacityBytes: 100, disk: null, storedBytes: 30 },
      { capacityBytes: 100, disk: null, storedBytes: null },
      { capacityBytes: null, disk: 0.5, storedBytes: 7 },
    ];
    expect(capacityOf(nodes)).toEqual({ totalBytes: 200, usedBytes: 55, nodes: 4, reporting: 2 });
  });

  it("is unknown when no node reports it", () => {
    expect(capacityOf([{ capacityBytes: null, disk: null, storedBytes: null }])).toEqual({
      totalBytes: null,
      usedBytes: null,
      nodes: 1,
      reporting: 0,
    });
  });
});

describe("failureRatioOf", () => {
  it("weighs nodes by their requests", () => {
    const nodes = [
      { failureRatio: 0.5, requests15m: 10 },
      { failureRatio: 0, requests15m: 990 },
      { failureRatio: null, requests15m: null },
    ];
    expect(failureRatioOf(nodes)).toBeCloseTo(0.005, 10);
  });

  it("is unknown without requests", () => {
    expect(failureRatioOf([{ failureRatio: null, requests15m: 0 }])).toBeNull();
  });
});

describe("clusterCaveats", () => {
  const node = (isRegistered: boolean, removedAt: string | null = null) => ({ isRegistered, removedAt });

  it("says how many nodes are here by telemetry only", () => {
    expect(clusterCaveats([node(true), node(true), node(false)], 1)).toEqual([
      expect.stringMatching(/^1 of its nodes/),
    ]);
  });

  it("is silent when the index knows them all", () => {
    expect(clusterCaveats([node(true), node(true, "2026-11-23T12:00:00.000Z")], 1)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advance,
  estimateLag,
  type IdentityFacts,
  judgeGenesis,
  judgeIdentity,
  judgeSource,
  type Progress,
  publishedClusters,
  type SourceFacts,
  stallLimitMs,
  withStaleness,
} from "./source-rules.ts";

const at = new Date("2026-11-23T12:00:00.000Z");
const secondsAgo = (seconds: number) => new Date(at.getTime() - seconds * 1_000);

describe("estimateLag", () => {
  it("counts 6 s a block from the newest dated block", () => {
    const lag = estimateLag(1_000, { height: 990, at: secondsAgo(78) }, at);
    expect(lag).toEqual({ headEstimate: 1_003, lagBlocks: 3, lagMs: 18_000 });
  });

  it("is unknown where no block carries a time", () => {
    expect(estimateLag(1_000, null, at)).toEqual({ headEstimate: null, lagBlocks: null, lagMs: null });
  });

  it("is never negative, even when the chain is faster than its clock", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), (height, dated, seconds) => {
        const lag = estimateLag(height, { height: dated, at: secondsAgo(seconds) }, at);
        expect(lag.lagBlocks).toBeGreaterThanOrEqual(0);
        expect(lag.lagMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("stallLimitMs", () => {
  it.each([
    ["nothing seen yet", [], 9_000],
    ["a block every 6 s", Array.from({ length: 50 }, () => 6_000), 9_000],
    ["one outage of a minute", [...Array.from({ length: 50 }, () => 6_000), 60_000], 9_000],
    ["a missed slot now and then", [6_000, 12_000, 6_000, 12_000, 6_000, 12_000], 14_000],
    ["a source that always takes long", [600_000, 600_000, 600_000], 120_000],
  ])("with %s", (_, gaps, limit) => {
    expect(stallLimitMs(gaps)).toBe(limit);
  });
});

describe("advance", () => {
  it("remembers the wait between two blocks, and not the time without one", () => {
    const first = advance(null, 10, secondsAgo(20));
    const still = advance(first, 10, secondsAgo(15));
    const next = advance(still, 12, secondsAgo(10));
    expect(next).toEqual({ height: 12, advancedAt: secondsAgo(10), gapsMs: [10_000] });
  });

  it("does not take a step back for an advance", () => {
    const first = advance(null, 10, secondsAgo(20));
    expect(advance(first, 4, at)).toMatchObject({ height: 4, advancedAt: secondsAgo(20) });
  });
});

describe("judgeSource", () => {
  const progress: Progress = { height: 24_817_343, advancedAt: secondsAgo(4), gapsMs: [] };
  const healthy: SourceFacts = {
    progress,
    projectedHeight: 24_817_342,
    identity: { identity: "unproven", reason: "Nothing to compare with." },
    lag: { headEstimate: 24_817_344, lagBlocks: 1, lagMs: 6_000 },
  };

  it.each<[string, Partial<SourceFacts>, string, RegExp | null]>([
    ["that grows", {}, "ok", null],
    [
      "that stands",
      { progress: { ...progress, advancedAt: secondsAgo(10) } },
      "stalled",
      /^The indexer stands at #24,817,343 since 11:59:50 UTC; a block takes 6 s\.$/,
    ],
    ["that went back behind what is shown", { projectedHeight: 24_900_000 }, "stalled", /being rebuilt/],
    ["whose newest block was replaced", { projectedHeight: 24_817_345 }, "ok", null],
    ["that never read a block", { progress: { ...progress, height: -1 } }, "stalled", /not read a block yet/],
    [
      "that catches up",
      { lag: { headEstimate: 24_817_443, lagBlocks: 100, lagMs: 600_000 } },
      "ok",
      /behind the head/,
    ],
    [
      "of another network",
      { identity: { identity: "refused", reason: "It is not of mainnet." } },
      "refused",
      /not of mainnet/,
    ],
  ])("of a source %s", (_, facts, state, reason) => {
    const verdict = judgeSource({ ...healthy, ...facts }, at);
    expect(verdict.state).toBe(state);
    if (reason === null) expect(verdict.reason).toBeNull();
    else expect(verdict.reason).toMatch(reason);
  });
});

describe("withStaleness", () => {
  const stored = { state: "ok" as const, reason: null, since: secondsAgo(500), checkedAt: secondsAgo(3) };

  it("believes a state that is renewed", () => {
    expect(withStaleness(stored, at)).toEqual({ state: "ok", reason: null, since: secondsAgo(500) });
  });

  it("says that nobody looks when nobody does", () => {
    const verdict = withStaleness({ ...stored, checkedAt: secondsAgo(11) }, at);
    expect(verdict).toMatchObject({ state: "stalled", since: secondsAgo(11) });
    expect(verdict.reason).toContain("No ingest worker");
  });
});

describe("judgeIdentity", () => {
  const alike: IdentityFacts = {
    network: "mainnet",
    compared: { height: 1_000, hash: "0xaa", chainHash: "0xaa" },
    hasChain: true,
    isChainProved: true,
    clusterIds: [publishedClusters.mainnet],
    sameBlockAs: null,
  };

  it.each<[string, Partial<IdentityFacts>, string, RegExp]>([
    ["the same block as a proved chain indexer", {}, "proved", /#1,000/],
    ["the same block as an unproved one", { isChainProved: false }, "unproven", /not proved itself/],
    ["nothing to compare yet", { compared: null }, "unproven", /None of its blocks/],
    ["no chain indexer", { compared: null, hasChain: false }, "unproven", /has no chain indexer/],
    [
      "another hash than a proved chain indexer",
      { compared: { height: 1_000, hash: "0xbb", chainHash: "0xaa" } },
      "refused",
      /another hash/,
    ],
    [
      "another hash than an unproved one",
      { compared: { height: 1_000, hash: "0xbb", chainHash: "0xaa" }, isChainProved: false },
      "unproven",
      /another hash/,
    ],
    [
      "the first cluster of testnet",
      { clusterIds: [publishedClusters.testnet] },
      "refused",
      /cluster of testnet/,
    ],
    ["the finalized block of another network", { sameBlockAs: "devnet" }, "refused", /indexer of devnet/],
  ])("with %s", (_, facts, identity, reason) => {
    const verdict = judgeIdentity({ ...alike, ...facts });
    expect(verdict.identity).toBe(identity);
    expect(verdict.reason).toMatch(reason);
  });
});

describe("judgeGenesis", () => {
  it.each([
    ["0xaa", "proved"],
    ["0xbb", "refused"],
    [null, "unproven"],
  ])("of block 0 %s is %s", (found, identity) => {
    expect(judgeGenesis("mainnet", "0xaa", found).identity).toBe(identity);
  });
});

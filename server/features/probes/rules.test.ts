import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueNodes, toRecord, versionOf } from "./rules.ts";

describe("versionOf", () => {
  it.each([
    [{ version: "1.15.0" }, "1.15.0"],
    [{ softwareVersion: "v2.0.0-rc.1+5" }, "v2.0.0-rc.1+5"],
    [{ version: 7 }, null],
    [{ version: "<script>" }, null],
    [{ version: "1".repeat(500) }, null],
    [{}, null],
    [null, null],
  ])("of %j is %j", (info, version) => {
    expect(versionOf(info)).toBe(version);
  });
});

describe("dueNodes", () => {
  const nodes = Array.from({ length: 63 }, (_, index) => ({ node: index + 1 }));
  const second = (seconds: number) => new Date(seconds * 1_000 + 300);

  it("gives every node exactly one turn a round, about the same number each second", () => {
    const turns = Array.from({ length: 15 }, (_, index) =>
      dueNodes(nodes, { after: second(1_000 + index), until: second(1_001 + index), everyMs: 15_000 }),
    );
    expect(turns.flat().toSorted((a, b) => a.node - b.node)).toEqual(nodes);
    for (const turn of turns) expect([4, 5]).toContain(turn.length);
  });

  it("leaves nobody out and asks nobody twice, however uneven the ticks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 40, maxLength: 60 }), (steps) => {
        const asked = new Map<number, number>();
        let at = 5_000_000;
        const until = () => new Date(at);
        const end = at + 15_000;
        for (const step of steps) {
          if (at >= end) break;
          const after = until();
          at = Math.min(end, at + step);
          for (const { node } of dueNodes(nodes, { after, until: until(), everyMs: 15_000 }))
            asked.set(node, (asked.get(node) ?? 0) + 1);
        }
        if (at < end) return;
        expect([...asked.values()].every((times) => times === 1)).toBe(true);
        expect(asked.size).toBe(nodes.length);
      }),
    );
  });

  it("asks everybody once after a long pause", () => {
    expect(dueNodes(nodes, { after: second(0), until: second(500), everyMs: 15_000 })).toHaveLength(63);
  });

  it("asks nobody twice within a second", () => {
    const after = new Date(1_000_100);
    expect(dueNodes(nodes, { after, until: new Date(1_000_900), everyMs: 15_000 })).toEqual([]);
  });
});

describe("toRecord", () => {
  const probed = { node: 1, network: 3, at: new Date("2026-11-23T12:00:00Z"), askedBy: null };

  it("leaves latency unknown where there was no answer", () => {
    const record = toRecord(probed, {
      kind: "failed",
      reason: "timeout",
      detail: "No answer within 3000 ms.",
    });
    expect(record).toMatchObject({ kind: "failed", latencyMs: null, httpStatus: null, reason: "timeout" });
  });
});

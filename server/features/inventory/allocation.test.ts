import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateCharge } from "./allocation.ts";

const none = { requests: 0n, bytes: 0n };

describe("a bucket's part of its owner's charge", () => {
  it("is all of it when no other bucket did anything", () => {
    const own = { requests: 10n, bytes: 7n };
    expect(allocateCharge(1_234n, own, own)).toBe(1_234n);
  });

  it("weighs requests and bytes the same", () => {
    const all = { requests: 100n, bytes: 1_000n };
    expect(allocateCharge(1_000n, { requests: 100n, bytes: 0n }, all)).toBe(500n);
    expect(allocateCharge(1_000n, { requests: 0n, bytes: 250n }, all)).toBe(125n);
  });

  it("goes by what there is when one of the two is missing", () => {
    expect(allocateCharge(900n, { requests: 1n, bytes: 0n }, { requests: 3n, bytes: 0n })).toBe(300n);
    expect(allocateCharge(900n, { requests: 0n, bytes: 1n }, { requests: 0n, bytes: 3n })).toBe(300n);
  });

  it("is unknown, not zero, when nothing was done at all", () => {
    expect(allocateCharge(900n, none, none)).toBeNull();
  });

  it("never gives out more than was charged, and loses less than one base unit a bucket", () => {
    const work = fc.record({ requests: fc.bigInt(0n, 10n ** 9n), bytes: fc.bigInt(0n, 10n ** 18n) });
    fc.assert(
      fc.property(
        fc.array(work, { minLength: 1, maxLength: 20 }),
        fc.bigInt(0n, 10n ** 30n),
        (buckets, charged) => {
          const all = buckets.reduce(
            (sum, { requests, bytes }) => ({ requests: sum.requests + requests, bytes: sum.bytes + bytes }),
            none,
          );
          const parts = buckets.map((own) => allocateCharge(charged, own, all));
          if (parts.some((part) => part === null)) return;
          const given = parts.reduce<bigint>((sum, part) => sum + (part ?? 0n), 0n);
          expect(given <= charged).toBe(true);
          expect(charged - given < BigInt(buckets.length)).toBe(true);
        },
      ),
    );
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { CellCounts } from "./cell-counts.ts";

it("counts as a map does, added one by one or merged, with few cells and with many", () => {
  const additions = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 5 })), { maxLength: 200 });
  fc.assert(
    fc.property(additions, additions, (first, second) => {
      const counts = countsOf(first);
      counts.merge(countsOf(second));
      const expected = new Map<number, number>();
      for (const [cell, count] of [...first, ...second])
        expected.set(cell, (expected.get(cell) ?? 0) + count);
      const found = new Map<number, number>();
      counts.each((cell, count) => found.set(cell, count));
      expect(found).toEqual(expected);
      expect(counts.size).toBe(expected.size);
    }),
  );
});

function countsOf(additions: readonly (readonly [number, number])[]): CellCounts {
  const counts = new CellCounts();
  for (const [cell, count] of additions) counts.add(cell, count);
  return counts;
}

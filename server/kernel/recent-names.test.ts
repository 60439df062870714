import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentNames } from "./recent-names.ts";

it("recognises a name of the current and of the previous generation, and no older one", () => {
  const names = new RecentNames(10);
  expect(names.add(3, 7, 7)).toBe(true);
  expect(names.add(9, 7, 7)).toBe(false);
  expect(names.add(19, 7, 7)).toBe(false);
  expect(names.add(20, 7, 7)).toBe(true);
});

it("takes a name of zeros for a name like others", () => {
  const names = new RecentNames(10);
  expect(names.add(1, 0, 0)).toBe(true);
  expect(names.add(2, 0, 0)).toBe(false);
});

const size = 64;
const name = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -20, max: 20 }));

/** By the definition, without a thought for speed. */
function isRepeat(stored: readonly { offset: number; key: string }[], offset: number, key: string): boolean {
  const from = (Math.floor(offset / size) - 1) * size;
  return stored.some((one) => one.key === key && one.offset >= from);
}

it("judges as the definition does, whatever comes, and the same after being rebuilt at any point", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, fc.integer({ min: 1, max: 40 })), { maxLength: 400 }),
      fc.nat(),
      (steps, cut) => {
        let names = new RecentNames(size);
        const stored: { offset: number; key: string; high: number; low: number }[] = [];
        let offset = 0;
        for (const [index, [[high, low], step]] of steps.entries()) {
          offset += step;
          if (index === cut % (steps.length || 1)) {
            names = new RecentNames(size);
            const from = names.keptFrom(offset);
            for (const one of stored) if (one.offset >= from) names.add(one.offset, one.high, one.low);
          }
          const key = `${high} ${low}`;
          const isNew = names.add(offset, high, low);
          expect(isNew).toBe(!isRepeat(stored, offset, key));
          if (isNew) stored.push({ offset, key, high, low });
        }
      },
    ),
  );
});

it("holds many names", () => {
  const names = new RecentNames(1_000_000);
  for (let index = 0; index < 50_000; index++)
    expect(names.add(index, Math.imul(index, 0x9e3779b1), index)).toBe(true);
  for (let index = 0; index < 50_000; index++)
    expect(names.add(50_000 + index, Math.imul(index, 0x9e3779b1), index)).toBe(false);
});

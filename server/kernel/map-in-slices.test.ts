import { expect, it } from "vitest";
import { mapInSlices } from "./map-in-slices.ts";

function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it("maps in order, and lets others have their turn in between", async () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  let turns = 0;
  let isOver = false;
  const others = async () => {
    while (!isOver) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const running = others();
  const mapped = await mapInSlices(items, (item) => {
    busyFor(3);
    return item * 2;
  });
  isOver = true;
  await running;
  expect(mapped).toEqual(items.map((item) => item * 2));
  expect(turns).toBeGreaterThan(3);
});

it("rejects with what the map throws", async () => {
  const failing = mapInSlices([1, 2], (item) => {
    if (item === 2) throw new Error("two");
  });
  await expect(failing).rejects.toThrow("two");
});

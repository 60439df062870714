import { setImmediate } from "node:timers/promises";

const sliceMs = 8;

/** Maps many items without keeping all others waiting: after some milliseconds it is their turn, then it goes on. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let until = performance.now() + sliceMs;
  for (const item of items) {
    results.push(map(item));
    if (performance.now() < until) continue;
    await setImmediate();
    until = performance.now() + sliceMs;
  }
  return results;
}

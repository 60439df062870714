import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RefreshQueue } from "./refresh-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nodes = { path: ["nodes"], everyMs: 10_000 };

it("acts on the first notice at once and on all that follow together when their time has come", () => {
  const { queue, asked } = build(0);
  queue.add(nodes);
  vi.advanceTimersByTime(0);
  expect(asked).toEqual(["nodes"]);
  for (let second = 0; second < 9; second += 1) {
    queue.add(nodes);
    vi.advanceTimersByTime(1_000);
  }
  expect(asked).toEqual(["nodes"]);
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual(["nodes", "nodes"]);
});

it("lets one path not wait for another", () => {
  const { queue, asked } = build(0);
  queue.add(nodes);
  queue.add({ path: ["system"], everyMs: 500 });
  vi.advanceTimersByTime(0);
  expect(asked).toEqual(["nodes", "system"]);
});

it("does not let an urgent notice wait with one that has time", () => {
  const { queue, asked } = build(0);
  queue.add(nodes);
  vi.advanceTimersByTime(1_000);
  queue.add(nodes);
  queue.add({ path: ["nodes"], everyMs: 500 });
  vi.advanceTimersByTime(0);
  expect(asked).toEqual(["nodes", "nodes"]);
  vi.advanceTimersByTime(60_000);
  expect(asked).toHaveLength(2);
});

it("spreads browsers that hear the same notice over at most a second", () => {
  const { queue, asked } = build(1);
  queue.add(nodes);
  vi.advanceTimersByTime(999);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(asked).toEqual(["nodes"]);
});

it("asks nothing any more once it is cleared", () => {
  const { queue, asked } = build(0);
  queue.add(nodes);
  queue.clear();
  vi.advanceTimersByTime(60_000);
  expect(asked).toEqual([]);
});

function build(spread: number) {
  const asked: string[] = [];
  const queue = new RefreshQueue(
    (path) => asked.push(path.join(".")),
    Date.now,
    () => spread,
  );
  return { queue, asked };
}

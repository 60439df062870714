import { expect, it } from "vitest";
import { repeat } from "./repeat.ts";

it("goes on after a turn that failed, and ends when it is told to", async () => {
  const stop = new AbortController();
  const errors: unknown[] = [];
  let turns = 0;
  await repeat({ pauseMs: 0, signal: stop.signal, onError: (error) => errors.push(error) }, async () => {
    turns += 1;
    if (turns === 2) stop.abort();
    if (turns === 1) throw new Error("the first turn fails");
  });
  expect(turns).toBe(2);
  expect(errors).toEqual([new Error("the first turn fails")]);
});

it("does not complain about the turn that the end cut off", async () => {
  const stop = new AbortController();
  const errors: unknown[] = [];
  await repeat({ pauseMs: 0, signal: stop.signal, onError: (error) => errors.push(error) }, async () => {
    stop.abort();
    stop.signal.throwIfAborted();
  });
  expect(errors).toEqual([]);
});

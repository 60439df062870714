import { afterEach, expect, it, vi } from "vitest";
import type { Exit } from "./child.ts";
import { supervise } from "./supervise.ts";

afterEach(() => void vi.useRealTimers());

/** Services that end when the test says so. */
function services() {
  const started: { number: number; end(exit: Exit): void }[] = [];
  const next = Promise.withResolvers<void>();
  const start = async () => {
    const { promise: exited, resolve: end } = Promise.withResolvers<Exit>();
    const number = started.push({ number: started.length + 1, end });
    if (number === 2) next.resolve();
    return { number, exited, stop: async () => end({ code: 0, signal: null }) };
  };
  return { started, start, second: next.promise };
}

const killed: Exit = { code: null, signal: "SIGKILL" };

it("starts a service again that ended by itself, and says so", async () => {
  const { started, start, second } = services();
  const said: string[] = [];
  const supervised = await supervise({
    name: "Kafka",
    start,
    say: (line) => said.push(line),
    onGiveUp: () => {},
  });
  started[0]?.end(killed);
  await second;
  await expect.poll(() => supervised.current().number).toBe(2);
  expect(said).toEqual(["Kafka ended (signal SIGKILL); starting it again"]);
  await supervised.stop();
});

it("leaves a service alone that was told to stop", async () => {
  const { started, start } = services();
  const said: string[] = [];
  const supervised = await supervise({
    name: "A",
    start,
    say: (line) => said.push(line),
    onGiveUp: () => {},
  });
  await supervised.stop();
  await supervised.current().exited;
  expect(started).toHaveLength(1);
  expect(said).toEqual([]);
});

it("tries again until what a service needs is there again too", async () => {
  vi.useFakeTimers();
  const { started, start } = services();
  const said: string[] = [];
  const gaveUp: string[] = [];
  let failures = 4;
  const supervised = await supervise({
    name: "The console",
    start: () => (started.length > 0 && failures-- > 0 ? Promise.reject(new Error("no database")) : start()),
    say: (line) => said.push(line),
    onGiveUp: (reason) => gaveUp.push(reason),
  });
  started[0]?.end(killed);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(supervised.current().number).toBe(2);
  expect(gaveUp).toEqual([]);
  expect(said).toEqual([
    "The console ended (signal SIGKILL); starting it again",
    "The console does not start yet, trying on: no database",
  ]);
  await supervised.stop();
});

it("gives up with the reason when a service cannot be started for minutes", async () => {
  vi.useFakeTimers();
  const { started, start } = services();
  const gaveUp: string[] = [];
  await supervise({
    name: "PostgreSQL",
    start: () => (started.length > 0 ? Promise.reject(new Error("port 5432 is taken")) : start()),
    say: () => {},
    onGiveUp: (reason) => gaveUp.push(reason),
  });
  started[0]?.end(killed);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(gaveUp).toEqual([]);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(gaveUp).toEqual(["PostgreSQL could not be started again: port 5432 is taken"]);
});

it("gives up when a service ends over and over", async () => {
  vi.useFakeTimers();
  const gaveUp: string[] = [];
  const start = async () => ({ exited: Promise.resolve(killed), stop: async () => {} });
  await supervise({ name: "Kafka", start, say: () => {}, onGiveUp: (reason) => gaveUp.push(reason) });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gaveUp).toEqual(["Kafka ended 6 times within a minute."]);
});

it("stops what had just been starting when it was told to stop", async () => {
  vi.useFakeTimers();
  const { started, start } = services();
  const second = Promise.withResolvers<void>();
  const supervised = await supervise({
    name: "The simulation",
    start: async () => {
      if (started.length > 0) await second.promise;
      return start();
    },
    say: () => {},
    onGiveUp: () => {},
  });
  started[0]?.end(killed);
  await vi.advanceTimersByTimeAsync(1_000);
  await supervised.stop();
  second.resolve();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await supervised.current().exited).toEqual({ code: 0, signal: null });
  expect(started).toHaveLength(2);
});

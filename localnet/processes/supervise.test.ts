import { expect, it } from "vitest";
import type { Exit } from "./child.ts";
import { supervise } from "./supervise.ts";

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

it("gives up with the reason when a service cannot be started again", async () => {
  const { started, start } = services();
  const gaveUp = Promise.withResolvers<string>();
  let isBroken = false;
  await supervise({
    name: "PostgreSQL",
    start: () => (isBroken ? Promise.reject(new Error("port 5432 is taken")) : start()),
    say: () => {},
    onGiveUp: gaveUp.resolve,
  });
  isBroken = true;
  started[0]?.end(killed);
  expect(await gaveUp.promise).toBe("PostgreSQL could not be started again: port 5432 is taken");
});

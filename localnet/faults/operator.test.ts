import { expect, it } from "vitest";
import type { Fault } from "./fault.ts";
import { Operator } from "./operator.ts";

function anOperator({ hasBroker = true } = {}) {
  const changes: { recordsPerSecond: number; faults: readonly Fault[] }[] = [];
  const broker: string[] = [];
  const operator = new Operator(
    {
      stats: () => null,
      portOf: (node) => node.preferredPort,
      change: (recordsPerSecond, faults) => changes.push({ recordsPerSecond, faults }),
      broker: hasBroker
        ? {
            suspend: async () => void broker.push("suspended"),
            resume: async () => void broker.push("resumed"),
          }
        : null,
      kill: {
        kafka: hasBroker ? async () => void broker.push("killed") : null,
        postgres: null,
        simulation: null,
      },
      environment: () => ({ DATABASE_URL: "postgres://here/console", KAFKA_BROKERS: "127.0.0.1:19092" }),
      parts: () => ["Kafka: 127.0.0.1:19092"],
    },
    200,
  );
  return { operator, changes, broker };
}

const say = (operator: Operator, words: string) => operator.run(words.split(" "));

it("keeps one fault of a kind at a place, the latest", async () => {
  const { operator, changes } = anOperator();
  await say(operator, "fault slow 7 --factor 5");
  await say(operator, "fault slow 7 --factor 9");
  await say(operator, "fault slow 8");
  expect(operator.faults).toMatchObject([
    { node: "fsn1-s07", amount: 9 },
    { node: "fsn1-s08", amount: 20 },
  ]);
  expect(changes.at(-1)?.faults).toEqual(operator.faults);
});

it("heals one place, one kind, or everything", async () => {
  const { operator } = anOperator();
  for (const words of ["fault slow 7 8", "fault node-down 7", "fault indexer-stalled devnet"])
    await say(operator, words);
  await say(operator, "heal slow 7");
  expect(operator.faults).toHaveLength(3);
  await say(operator, "heal slow");
  expect(operator.faults.map((fault) => fault.kind)).toEqual(["node-down", "indexer-stalled"]);
  await say(operator, "heal all");
  expect(operator.faults).toEqual([]);
  expect(await say(operator, "heal all")).toEqual(["nothing of that kind was wrong"]);
});

it("pauses and resumes our own broker, and refuses for another's", async () => {
  const own = anOperator();
  await say(own.operator, "fault broker-pause");
  await say(own.operator, "heal broker-pause");
  expect(own.broker).toEqual(["suspended", "resumed"]);
  await expect(say(anOperator({ hasBroker: false }).operator, "fault broker-pause")).rejects.toThrow(
    /of your own/,
  );
});

it("kills a part of our own, and nobody else's", async () => {
  const own = anOperator();
  expect(await say(own.operator, "kill kafka")).toEqual(["killed: kafka"]);
  expect(own.broker).toEqual(["killed"]);
  await expect(say(anOperator({ hasBroker: false }).operator, "kill kafka")).rejects.toThrow(/not run by/);
  await expect(say(own.operator, "kill everything")).rejects.toThrow(/One of kafka, postgres, simulation/);
});

it("tells what a console needs in its environment", async () => {
  expect(await say(anOperator().operator, "env")).toEqual([
    "DATABASE_URL=postgres://here/console",
    "KAFKA_BROKERS=127.0.0.1:19092",
  ]);
});

it("changes the rate and keeps the faults", async () => {
  const { operator, changes } = anOperator();
  await say(operator, "fault node-down 7");
  await say(operator, "rate 50000");
  expect(changes.at(-1)).toMatchObject({ recordsPerSecond: 50_000, faults: [{ kind: "node-down" }] });
  expect((await say(operator, "status")).join("\n")).toContain("fsn1-s07 (mainnet) is down");
});

it("lists every node with its address", async () => {
  const lines = await say(anOperator().operator, "nodes mainnet");
  expect(lines).toHaveLength(63);
  expect(lines[6]).toContain("fsn1-s07");
});

import { expect, it } from "vitest";
import { hasCaughtUp, type Lag, lagAfter } from "./slow-consumer.ts";

const at = new Date("2026-11-23T12:00:00Z");
const later = new Date("2026-11-23T12:00:05Z");
const limits = { maxMessages: 3, maxBytes: 1_000 };
const lagging: Lag = { missed: 4, since: at };

it.each([
  { name: "sends what fits", lag: null, backlog: { messages: 3, bytes: 1_000 }, after: null },
  {
    name: "skips when too many messages wait",
    lag: null,
    backlog: { messages: 4, bytes: 0 },
    after: { missed: 1, since: later },
  },
  {
    name: "skips when too many bytes wait",
    lag: null,
    backlog: { messages: 0, bytes: 1_001 },
    after: { missed: 1, since: later },
  },
  {
    name: "keeps skipping and counting until it was told",
    lag: lagging,
    backlog: { messages: 0, bytes: 0 },
    after: { missed: 5, since: at },
  },
])("$name", ({ lag, backlog, after }) => {
  expect(lagAfter(lag, backlog, later, limits)).toEqual(after);
});

it("has caught up only when nothing waits any more", () => {
  expect(hasCaughtUp({ messages: 0, bytes: 0 })).toBe(true);
  expect(hasCaughtUp({ messages: 1, bytes: 0 })).toBe(false);
  expect(hasCaughtUp({ messages: 0, bytes: 1 })).toBe(false);
});

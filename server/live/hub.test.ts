import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LivePoints, livePointSchema } from "../features/nodes/schema.ts";
import { upstream } from "../kernel/errors.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { startHub } from "./hub.ts";
import type { LiveMessage } from "./messages.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mainnet = 3;

it("reads points once a tick, however often a node is heard of", async () => {
  const { hub, asked } = build(["network:mainnet"]);
  for (let n = 0; n < 10; n += 1)
    hub.take({ topic: "nodes.readings", network: mainnet, ids: ["7", "8"], at: n });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual([{ network: "mainnet", nodeIds: [7, 8] }]);
});

it("reads nothing for a network that nobody looks at", async () => {
  const { hub, asked } = build(["network:testnet"]);
  hub.take({ topic: "nodes.activity", network: mainnet, ids: ["7"], at: 1 });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked).toEqual([]);
});

it("lets a slow read end before the next one starts", async () => {
  const reading = Promise.withResolvers<void>();
  const { hub, asked, sent } = build(["network:mainnet"], () => reading.promise);
  hub.take({ topic: "nodes.activity", network: mainnet, ids: ["7"], at: 1 });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked).toHaveLength(1);
  reading.resolve();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(2);
  expect(sent.filter(({ message }) => message.event === "points")).toHaveLength(2);
});

it("says that points cannot be read, and heals with the next that can", async () => {
  let failure: Error | null = upstream("PostgreSQL", new Error("ECONNREFUSED"));
  const { hub } = build(["network:mainnet"], async () => {
    if (failure) throw failure;
  });
  hub.take({ topic: "nodes.activity", network: mainnet, ids: ["7"], at: 1 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(hub.health()).toMatchObject({ state: "degraded", reason: expect.stringContaining("PostgreSQL") });
  failure = null;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(hub.health().state).toBe("ok");
});

it("sends a notice without a network to the status room of each", async () => {
  const { hub, sent } = build([]);
  hub.take({ topic: "ingest", network: null, ids: ["activity"], at: 1 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent.map(({ room }) => room)).toEqual(["status:devnet", "status:testnet", "status:mainnet"]);
});

it("tells what concerns one person to that person only, and not whom else it concerns", async () => {
  const { hub, sent } = build(["person:ana", "person:bo"]);
  hub.take({ topic: "exports", network: null, ids: ["ana"], at: 1 });
  await vi.advanceTimersByTimeAsync(400);
  expect(sent.map(({ room }) => room)).toEqual(["person:ana"]);
  expect(sent[0]?.message).toMatchObject({ event: "notice", payload: { topic: "exports", ids: [] } });
});

it("gathers what changes with every flush, and does not make a person's change wait for it", async () => {
  const { hub, sent } = build([]);
  for (let n = 0; n < 8; n += 1) {
    hub.take({ topic: "nodes.activity", network: mainnet, ids: ["7"], at: n });
    await vi.advanceTimersByTimeAsync(200);
  }
  hub.take({ topic: "registry", network: mainnet, ids: ["nodes"], at: 9 });
  await vi.advanceTimersByTimeAsync(400);
  expect(sent.map(topicOf)).toEqual(["registry", "nodes.activity"]);
});

it("ignores topics that are not in the table", async () => {
  const { hub, sent, asked } = build(["network:mainnet"]);
  hub.take({ topic: "somebody.else", network: mainnet, ids: ["7"], at: 1 });
  await vi.advanceTimersByTimeAsync(3_000);
  expect([...sent, ...asked]).toEqual([]);
});

type Sent = { room: string; message: LiveMessage };

function build(rooms: readonly string[], beforeAnswer: () => Promise<void> = async () => {}) {
  const sent: Sent[] = [];
  const asked: object[] = [];
  const hub = startHub({
    audience: {
      hasListeners: (room) => rooms.includes(room),
      listRooms: (prefix) => rooms.filter((room) => room.startsWith(prefix)),
      send: (room, message) => sent.push({ room, message }),
    },
    onSessionsChanged: () => {},
    listPoints: async ({ network, nodeIds, at }): Promise<LivePoints> => {
      asked.push({ network, nodeIds });
      await beforeAnswer();
      return { at: at.toISOString(), nodes: [aPoint] };
    },
    clock: fakeClock(),
    log: silentLogger,
  });
  return { hub, sent, asked };
}

const nothingKnown = Object.keys(livePointSchema.shape).map((field) => [field, null]);
const aPoint = livePointSchema.parse({ ...Object.fromEntries(nothingKnown), key: `0x${"1".repeat(64)}` });

function topicOf({ message }: Sent): string {
  return message.event === "notice" ? message.payload.topic : message.event;
}

import fc from "fast-check";
import { expect, it } from "vitest";
import { isTopicName, parseRoom, refreshesOf, roomName, topicNames } from "./topics.ts";

const key = `0x${"ab".repeat(32)}`;

it("reads every room name that it writes", () => {
  for (const room of [
    { kind: "status", network: "mainnet" },
    { kind: "network", network: "devnet" },
    { kind: "node", network: "testnet", nodeKey: key },
    { kind: "person", personId: "d0a2b1c4-0c0d-4e0f-9a8b-7c6d5e4f3a2b" },
  ] as const)
    expect(parseRoom(roomName(room))).toEqual(room);
});

it("takes no other text for a room", () => {
  const rooms = [
    "status:",
    "person:",
    "person:a b",
    "person:a:b",
    "status:mainnet:x",
    "node:mainnet",
    `node:mainnet:${key}:x`,
    `network:mainnet:${key}`,
  ];
  for (const name of rooms) expect(parseRoom(name)).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      const room = parseRoom(text);
      expect(room === null || roomName(room) === text).toBe(true);
    }),
  );
});

it("makes stale what the ids of a notice concern", () => {
  const paths = (ids: readonly string[] | "all") => refreshesOf("registry", ids).map(({ path }) => path[0]);
  expect(paths(["position"])).toEqual(["system"]);
  expect(paths(["nodes"])).toEqual(["system", "nodes", "overview", "palette"]);
  expect(new Set(paths("all"))).toEqual(
    new Set(["system", "nodes", "clusters", "inventory", "overview", "palette"]),
  );
});

it("knows its topics by name and nothing else", () => {
  expect(topicNames).toContain("nodes.activity");
  expect(isTopicName("toString")).toBe(false);
});

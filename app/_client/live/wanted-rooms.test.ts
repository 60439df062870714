import { expect, it } from "vitest";
import { WantedRooms } from "./wanted-rooms.ts";

it("joins a room for the first tab that wants it and leaves it with the last", () => {
  const rooms = new WantedRooms();
  expect(rooms.set("a", ["network:mainnet"])).toEqual({ join: ["network:mainnet"], leave: [] });
  expect(rooms.set("b", ["network:mainnet", "status:mainnet"])).toEqual({
    join: ["status:mainnet"],
    leave: [],
  });
  expect(rooms.set("a", [])).toEqual({ join: [], leave: [] });
  expect(rooms.set("b", ["status:mainnet"])).toEqual({ join: [], leave: ["network:mainnet"] });
});

it("knows which tabs hear a room", () => {
  const rooms = new WantedRooms();
  rooms.set("a", ["status:mainnet"]);
  rooms.set("b", ["status:mainnet", "network:mainnet"]);
  expect(rooms.subscribersOf("status:mainnet")).toEqual(["a", "b"]);
  expect(rooms.subscribersOf("network:mainnet")).toEqual(["b"]);
});

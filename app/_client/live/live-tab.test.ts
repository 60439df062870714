import { expect, it } from "vitest";
import type { LiveMessage } from "../../../server/live/messages.ts";
import type { FromTab, ToTab } from "./live-protocol.ts";
import { LiveTab } from "./live-tab.ts";

const at = "2026-11-23T12:00:00.000Z";
const points: LiveMessage = { event: "points", payload: { at, nodes: [] } };

it("opens the link with the first room and says all rooms that are wanted", () => {
  const { tab, said } = build();
  expect(said).toEqual([]);
  const leaveFirst = tab.enter("network:mainnet", () => {});
  const leaveSecond = tab.enter("network:mainnet", () => {});
  tab.enter("status:mainnet", () => {});
  leaveFirst();
  leaveSecond();
  leaveSecond();
  expect(said).toEqual([
    { kind: "rooms", rooms: ["network:mainnet"] },
    { kind: "rooms", rooms: ["network:mainnet", "status:mainnet"] },
    { kind: "rooms", rooms: ["status:mainnet"] },
  ]);
});

it("passes a message to everyone in its room and to nobody else", () => {
  const { tab, hear } = build();
  const heard: string[] = [];
  tab.enter("network:mainnet", () => heard.push("first"));
  tab.enter("network:mainnet", () => heard.push("second"));
  tab.enter("network:testnet", () => heard.push("other"));
  hear({ kind: "message", room: "network:mainnet", message: points });
  expect(heard).toEqual(["first", "second"]);
});

it("shows how the connection is and when it was last heard", () => {
  const { tab, hear } = build();
  tab.enter("network:mainnet", () => {});
  hear({ kind: "state", state: { kind: "live", since: 10, heardAt: 20 } });
  expect(tab.getState()).toMatchObject({ kind: "live", since: 10, heardAt: 20 });
  hear({ kind: "message", room: "network:mainnet", message: points });
  expect(tab.getState().heardAt).toBe(now);
});

it("fills a gap and says how much was missed once the data is loaded", async () => {
  const { tab, hear, loaded } = build();
  tab.enter("network:mainnet", () => {});
  hear({ kind: "gap", gap: { from: 0, to: 37_000, missed: 37 } });
  expect(tab.getState().gap).toMatchObject({ missed: 37, loaded: false });
  loaded.resolve();
  await loaded.promise;
  expect(tab.getState().gap).toMatchObject({ missed: 37, loaded: true });
});

it("holds still while paused and fills the gap on resume", () => {
  const { tab, hear } = build();
  const heard: LiveMessage[] = [];
  tab.enter("network:mainnet", (message) => heard.push(message));
  tab.pause();
  expect(tab.getState().kind).toBe("paused");
  hear({ kind: "message", room: "network:mainnet", message: points });
  hear({ kind: "message", room: "network:mainnet", message: points });
  expect(heard).toEqual([]);
  tab.resume();
  expect(tab.getState()).toMatchObject({ kind: "connecting", gap: { missed: 2 } });
});

const now = 1_000;

function build() {
  const said: FromTab[] = [];
  const loaded = Promise.withResolvers<void>();
  let hear: (message: ToTab) => void = () => {};
  const open = (deliver: (message: ToTab) => void) => {
    hear = deliver;
    return { send: (message: FromTab) => said.push(message) };
  };
  const tab = new LiveTab(
    open,
    () => loaded.promise,
    () => now,
  );
  return { tab, said, loaded, hear: (message: ToTab) => hear(message) };
}

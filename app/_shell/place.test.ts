import { describe, expect, it } from "vitest";
import { onNetwork, placeOf, withTime } from "./place.ts";

const key = `0x${"ab".repeat(32)}`;

it("reads network, section and what is shown from the address", () => {
  expect(placeOf(`/testnet/nodes/${key}`)).toEqual({ network: "testnet", section: "nodes", rest: [key] });
  expect(placeOf("/mainnet")).toEqual({ network: "mainnet", section: "", rest: [] });
});

it("stands on mainnet where the address names no network", () => {
  expect(placeOf("/settings/people")).toEqual({ network: "mainnet", section: "settings", rest: ["people"] });
});

describe("the network switch", () => {
  const search = new URLSearchParams("status=silent&from=now-1h");

  it("keeps the list and its filters", () => {
    expect(onNetwork("devnet", placeOf("/mainnet/nodes"), search)).toBe(
      "/devnet/nodes?status=silent&from=now-1h",
    );
  });

  it("leads from one node to the other network's list, with the time range alone", () => {
    expect(onNetwork("devnet", placeOf(`/mainnet/nodes/${key}`), search)).toBe("/devnet/nodes?from=now-1h");
  });
});

it("takes the time range along to another page, and nothing else", () => {
  expect(withTime("/mainnet/clusters", new URLSearchParams("q=x&to=now"))).toBe("/mainnet/clusters?to=now");
  expect(withTime("/mainnet/clusters", new URLSearchParams("q=x"))).toBe("/mainnet/clusters");
});

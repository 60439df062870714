import { describe, expect, it } from "vitest";
import { onNetwork, placeOf, withTime } from "./place.ts";

const key = `0x${"ab".repeat(32)}`;

it("reads network, section and what is shown from the address", () => {
  expect(placeOf(`/testnet/nodes/${key}`)).toEqual({
    network: "testnet",
    isOnNetwork: true,
    section: "nodes",
    rest: [key],
  });
  expect(placeOf("/mainnet")).toMatchObject({ network: "mainnet", section: "", rest: [] });
});

it("stands on the network visited last where the address names none", () => {
  expect(placeOf("/settings/people", "devnet")).toEqual({
    network: "devnet",
    isOnNetwork: false,
    section: "settings",
    rest: ["people"],
  });
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

it("leads from the settings to the other network's own page", () => {
  expect(onNetwork("devnet", placeOf("/settings/people"), new URLSearchParams("q=ana"))).toBe("/devnet");
});

it("takes the time range along to another page, and nothing else", () => {
  expect(withTime("/mainnet/clusters", new URLSearchParams("q=x&to=now"))).toBe("/mainnet/clusters?to=now");
  expect(withTime("/mainnet/clusters", new URLSearchParams("q=x"))).toBe("/mainnet/clusters");
  expect(withTime("/mainnet/nodes", new URLSearchParams("from=now-1h"), "from=now-7d&sort=-p99")).toBe(
    "/mainnet/nodes?from=now-1h&sort=-p99",
  );
});

import { expect, it } from "vitest";
import { frameAddress, toFramePlace } from "./frame-place.ts";

const variables = [
  { name: "cluster", label: "Cluster", query: "", options: ["Dragon 1", "a&b"] },
  { name: "site", label: "Site", query: "", options: [] },
];

it("names every variable, so that one that is no longer chosen does not stay", () => {
  const range = { from: "now-3h", to: "2026-11-27T12:00:00.000Z" };
  expect(toFramePlace({ range, variables, chosen: { cluster: ["Dragon 1", "a&b"] } })).toEqual([
    ["from", "now-3h"],
    ["to", "1795780800000"],
    ["var-cluster", "Dragon 1"],
    ["var-cluster", "a&b"],
    ["var-site", "$__all"],
  ]);
});

it("writes an address that Grafana takes for a dashboard without its own frame around", () => {
  const place = toFramePlace({
    range: { from: "now-1h", to: "now" },
    variables,
    chosen: { cluster: ["a&b"] },
  });
  const url = new URL(
    frameAddress("https://mainnet.grafana.test", { uid: "cere-nodes", place, theme: "light" }),
  );
  expect(url.pathname).toBe("/d/cere-nodes");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    kiosk: "1",
    theme: "light",
    "var-cluster": "a&b",
  });
});

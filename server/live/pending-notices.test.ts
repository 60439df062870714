import { expect, it } from "vitest";
import { PendingNotices } from "./pending-notices.ts";

it("makes one notice of those with the same topic and network, with all of their ids", () => {
  const pending = new PendingNotices();
  pending.add("registry", "mainnet", ["nodes"]);
  pending.add("registry", "mainnet", ["clusters", "nodes"]);
  pending.add("registry", "testnet", ["nodes"]);
  pending.add("ingest", null, ["activity"]);
  expect(pending.take()).toEqual([
    { topic: "registry", network: "mainnet", ids: new Set(["nodes", "clusters"]) },
    { topic: "registry", network: "testnet", ids: new Set(["nodes"]) },
    { topic: "ingest", network: null, ids: new Set(["activity"]) },
  ]);
});

it("keeps saying all once anybody said it", () => {
  const pending = new PendingNotices();
  pending.add("registry", "mainnet", "all");
  pending.add("registry", "mainnet", ["nodes"]);
  expect(pending.take()).toEqual([{ topic: "registry", network: "mainnet", ids: "all" }]);
});

it("starts anew after it was emptied", () => {
  const pending = new PendingNotices();
  pending.add("registry", "mainnet", "all");
  pending.take();
  expect(pending.take()).toEqual([]);
});

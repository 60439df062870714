import { expect, it } from "vitest";
import { consolePages, hasPage } from "./pages.ts";

const key = `0x${"ab".repeat(32)}`;

it.each([
  "/mainnet",
  "/testnet/alerts?peek=A-1",
  "/mainnet/nodes/",
  `/mainnet/nodes/${key}`,
  "/mainnet/nodes/compare?keys=a",
  `/devnet/clusters/0x${"ab".repeat(20)}`,
  "/mainnet/data/buckets/12",
  "/mainnet/data/cids/baebb4i#look",
  "/mainnet/data/lineage?root=cid:1",
  "/settings/people?q=a",
  "/agents?q=a",
  "/agents/upload",
  "/agents/freezes?env=prod",
  `/agents/${"ab".repeat(32)}:ask-vault`,
  `/agents/${"ab".repeat(32)}%3Aask-vault/versions`,
  `/agents/${"ab".repeat(32)}:ask-vault/replay?candidate=x`,
  "/docs/palette",
])("there is a page at %s", (href) => expect(hasPage(href)).toBe(true));

it.each([
  "/alerts/A-4127",
  "/mainnet/nodes/nonsense",
  `/mainnet/clusters/${key}`,
  "/mainnet/data/buckets/x",
  "/mainnet/settings",
  "/nodes",
  "/mainnet/agents",
  "/agents/nonsense",
  "/other",
  "/mainnet/%zz",
])("there is none at %s", (href) => expect(hasPage(href)).toBe(false));

it("gives every page a letter and an address of its own", () => {
  expect(new Set(consolePages.map(({ letter }) => letter)).size).toBe(consolePages.length);
  expect(new Set(consolePages.map(({ section }) => section)).size).toBe(consolePages.length);
});

import { expect, type Page } from "@playwright/test";
import { knownNode, nodePath } from "./known-nodes.ts";

/** A page of the console, and what stands on it when it has loaded. */
export type ConsolePage = { name: string; path: string; landmark: string };

const node = knownNode("fsn1-s02");
const other = knownNode("hel1-s02");

export const consolePages: readonly ConsolePage[] = [
  { name: "overview", path: "/mainnet", landmark: "Overview" },
  { name: "nodes", path: "/mainnet/nodes", landmark: "Nodes" },
  { name: "node", path: nodePath(node), landmark: node.name },
  {
    name: "compare",
    path: `/mainnet/nodes/compare?keys=${node.account.hex},${other.account.hex}`,
    landmark: "Compare nodes",
  },
  { name: "clusters", path: "/mainnet/clusters", landmark: "Clusters" },
  { name: "cluster", path: `/mainnet/clusters/${node.clusterId}`, landmark: "Cluster" },
  { name: "account", path: "/settings/account", landmark: "Account" },
  { name: "people", path: "/settings/people", landmark: "People and roles" },
  { name: "audit", path: "/settings/audit", landmark: "Audit log" },
  { name: "sources", path: "/settings/sources", landmark: "Sources" },
  { name: "retention", path: "/settings/retention", landmark: "Retention" },
  { name: "thresholds", path: "/settings/thresholds", landmark: "Thresholds" },
  { name: "configuration", path: "/settings/configuration", landmark: "Configuration" },
  { name: "guide", path: "/docs/palette", landmark: "Search and palette" },
];

/** Goes there and waits until everything that the page asks for at first is on it. */
export async function openPage(page: Page, { path, landmark }: ConsolePage): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1, name: landmark }).waitFor();
  await settled(page);
}

/** Nothing is loading any more, and the page is live. */
export async function settled(page: Page): Promise<void> {
  await loaded(page);
  await page.getByRole("contentinfo").getByText("Live", { exact: true }).waitFor();
}

/** Nothing is loading any more. A phone has no bar that says "Live". */
export async function loaded(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 60_000 });
}

import type { Locator } from "@playwright/test";
import { expect, statusWarning, test } from "../console-test.ts";
import { knownNode, nodePath } from "../known-nodes.ts";
import { localnet } from "../stack/localnet-command.ts";

const mostMs = 45_000;

test.describe.configure({ timeout: 180_000 });
test.use({ expectedComplaints: [/Failed to load resource/] });

/** Times are told, not asserted: machines differ. */
async function expectTold(what: string, told: Locator, words: RegExp): Promise<void> {
  const since = Date.now();
  await expect(told).toContainText(words, { timeout: mostMs });
  process.stdout.write(`  ${what}: after ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
}

test("a node that is down is called silent, in a sentence, and heals by itself", async ({ page }) => {
  const node = knownNode("lon1-s02");
  await page.goto(nodePath(node));
  await page.getByRole("heading", { level: 1, name: node.name }).waitFor();
  await localnet("fault", "node-down", node.name);
  await expectTold("node-down is told", page.getByRole("main"), /Silent|Probe missed/);
  await localnet("heal", "node-down", node.name);
  await expectTold("node-down is healed", page.getByRole("main"), /Online|Degraded/);
});

test("a stalled indexer is named in the status bar, and its recovery ends the warning", async ({ page }) => {
  await page.goto("/testnet");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await localnet("fault", "indexer-stalled", "testnet");
  await expectTold("indexer-stalled is told", statusWarning(page).first(), /indexer/i);
  await localnet("heal", "indexer-stalled", "testnet");
  await expect(statusWarning(page).filter({ hasText: /indexer/i })).toHaveCount(0, { timeout: mostMs });
});

test("a broker that answers nobody is named, what is stored stays readable, and it heals", async ({
  page,
}) => {
  await page.goto("/mainnet/nodes");
  await page.getByText("63 of 63").waitFor();
  await localnet("fault", "broker-pause");
  await expectTold("broker-pause is told", statusWarning(page).first(), /Kafka|Ingest|records/i);
  await page.reload();
  await expect(page.getByText("63 of 63")).toBeVisible();
  await localnet("heal", "broker-pause");
  await expect(statusWarning(page).filter({ hasText: /Kafka/ })).toHaveCount(0, { timeout: 120_000 });
});

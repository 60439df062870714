import { expect, type Page } from "@playwright/test";
import { test } from "./console-test.ts";
import { localnet } from "./stack/localnet-command.ts";

const seenWithinMs = 10_000;
const healedWithinMs = 60_000;

/** The first node of the list that is online: its key and name. */
async function aNode(page: Page): Promise<{ key: string; name: string }> {
  await page.goto("/mainnet/nodes?status=online&sort=name");
  const link = page.getByRole("row").nth(1).getByRole("link").first();
  const name = (await link.innerText()).trim();
  const key = /0x[0-9a-f]{64}/.exec((await link.getAttribute("href")) ?? "")?.[0] ?? "";
  return { key, name };
}

test("a node that falls silent is named, and heals", async ({ consolePage: page }) => {
  const node = await aNode(page);
  await localnet("fault", "node-down", node.name);
  await page.goto(`/mainnet/nodes/${node.key}`);
  await expect(page.getByText(/silent|probe missed/i).first()).toBeVisible({ timeout: seenWithinMs });
  await localnet("heal", "node-down", node.name);
  await expect(page.getByText(/^Online$/).first()).toBeVisible({ timeout: healedWithinMs });
});

test("a burst of errors is told in words", async ({ consolePage: page }) => {
  const node = await aNode(page);
  await localnet("rate", "2000");
  await localnet("fault", "error-burst", node.name);
  await page.goto(`/mainnet/nodes/${node.key}`);
  await expect(page.getByText(/% of .*requests failed|failed/i).first()).toBeVisible({
    timeout: seenWithinMs,
  });
  await localnet("heal", "error-burst", node.name);
  await localnet("rate", "200");
});

test("a stalled indexer is named in the status bar and heals", async ({ consolePage: page }) => {
  await page.goto("/mainnet");
  await localnet("fault", "indexer-stalled", "mainnet");
  await expect(page.locator(".statusbar")).toContainText(/indexer/i, { timeout: seenWithinMs });
  await expect(page.locator(".statusbar .t-warn")).toContainText(/stalled|behind/i, { timeout: 30_000 });
  await localnet("heal", "indexer-stalled", "mainnet");
  await expect(page.locator(".statusbar .t-warn")).toHaveCount(0, { timeout: healedWithinMs });
});

test("a dead broker is named, what is stored stays readable, and it heals by itself", async ({
  consolePage: page,
}) => {
  await page.goto("/mainnet/nodes");
  await localnet("fault", "broker-pause");
  await expect(page.locator(".statusbar .t-warn")).toContainText(/Kafka/, { timeout: seenWithinMs });
  await page.reload();
  await expect(page.getByText("63 of 63")).toBeVisible();
  await localnet("heal", "broker-pause");
  await expect(page.locator(".statusbar .t-warn")).toHaveCount(0, { timeout: healedWithinMs });
});

import type { Page } from "@playwright/test";
import { expect, test } from "../console-test.ts";
import { knownNode, nodePath } from "../known-nodes.ts";

const node = knownNode("lon1-s03");
const key = node.account.hex;
const search = (page: Page) => page.getByRole("dialog").getByRole("combobox");

for (const [how, pasted] of [
  ["as it is", key],
  ["with quotes and spaces around it", `  "${key.toUpperCase().replace("0X", "0x")}", `],
  ["broken by spaces", `${key.slice(0, 20)} ${key.slice(20, 44)}\n${key.slice(44)}`],
  ["inside the address of another console", `https://console.example/mainnet/nodes/${key}?from=now-1h`],
] as const)
  test(`a node key that is pasted ${how} is recognised and opened`, async ({ page }) => {
    await page.goto("/mainnet");
    await page.keyboard.press("ControlOrMeta+k");
    await search(page).fill(pasted);
    await expect(page.getByText(/^Recognised: /)).toBeVisible();
    await expect(page.getByRole("option").first()).toContainText("lon1-s03 on mainnet");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${nodePath(node)}$`));
    await expect(page.getByRole("heading", { level: 1, name: "lon1-s03" })).toBeVisible();
  });

test("the palette finds names, goes to pages, and says when there is nothing", async ({ page }) => {
  await page.goto("/mainnet");
  await page.getByRole("button", { name: "Paste any id, or search" }).click();
  await search(page).fill("sao1");
  await expect(page.getByRole("option", { name: /^sao1-s/ })).toHaveCount(6);
  await search(page).fill("no such thing");
  await expect(page.getByText(/^Nothing on mainnet has/)).toBeVisible();
  await search(page).fill("clus");
  await page.getByRole("option", { name: /^Clusters/ }).click();
  await expect(page).toHaveURL(/\/mainnet\/clusters$/);
});

test("the palette does what can be done from anywhere", async ({ page }) => {
  await page.goto("/mainnet");
  await page.keyboard.press("ControlOrMeta+k");
  await search(page).fill("pause");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Paused" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await search(page).fill("live");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Live", exact: true })).toBeVisible();
});

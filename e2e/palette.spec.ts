import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

const search = (page: Page) => page.getByRole("dialog").getByRole("combobox");

/** How people paste the key of a node, each of another one: what was opened before cannot pass for it. */
const pasted: readonly (readonly [node: string, how: (key: string) => string])[] = [
  ["lon1-s03", (key) => key],
  ["lon1-s04", (key) => `  "${key.toUpperCase().replace("0X", "0x")}", `],
  ["lon1-s05", (key) => `${key.slice(0, 20)} ${key.slice(20, 44)}\n${key.slice(44)}`],
  ["lon1-s06", (key) => `https://explorer.example/account/${key}#tab`],
];

test("a node's key is recognised and opened, as it is, quoted, broken by spaces and inside an address", async ({
  page,
}) => {
  await page.goto("/mainnet");
  for (const [name, how] of pasted) {
    const node = knownNode(name);
    await page.keyboard.press("ControlOrMeta+k");
    await search(page).fill(how(node.account.hex));
    await expect(page.getByText(/^Recognised: /)).toBeVisible();
    await expect(page.getByRole("option").first()).toContainText(`${name} on mainnet`);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${nodePath(node)}$`));
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
});

test("the palette finds names, goes to pages, and says when there is nothing", async ({ page }) => {
  await page.goto("/mainnet");
  await page.getByRole("button", { name: "Paste any id, or search" }).click();
  await search(page).fill("sao1");
  await expect(page.getByRole("option", { name: /^sao1-s/ })).toHaveCount(6);
  await search(page).fill("no such thing");
  await expect(page.getByText(/is no id that is known here, and nothing on mainnet has it/)).toBeVisible();
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

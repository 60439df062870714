import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "./console-test.ts";

test("switching the network keeps the page and cannot be mistaken", async ({ consolePage: page }) => {
  await page.goto("/mainnet/nodes");
  await page
    .getByRole("button", { name: /mainnet/ })
    .first()
    .click();
  await page
    .getByRole("menuitem", { name: /devnet/ })
    .or(page.getByRole("link", { name: /devnet/ }))
    .first()
    .click();
  await expect(page).toHaveURL(/\/devnet\/nodes/);
  await expect(page.getByText("9 of 9")).toBeVisible();
});

test("the palette recognises a pasted node key, with spaces and quotes, and opens it", async ({
  consolePage: page,
}) => {
  await page.goto("/mainnet/nodes");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await page.waitForURL(/\/nodes\/0x[0-9a-f]{64}/);
  const key = /0x[0-9a-f]{64}/.exec(page.url())?.[0] ?? "";
  await page.goto("/mainnet");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox").fill(` "${key}" `);
  await expect(page.getByRole("option").first()).toContainText(/node/i);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(key));
});

test("one time range drives the page, stands in the address and steps by keyboard", async ({
  consolePage: page,
}) => {
  await page.goto("/mainnet?from=now-1h");
  await expect(page.getByText("Last hour").first()).toBeVisible();
  await page.keyboard.press("[");
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT/);
  await page.goBack();
  await expect(page).toHaveURL(/from=now-1h/);
});

test("every page is reached and read by keyboard alone", async ({ consolePage: page }) => {
  await page.goto("/mainnet");
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/mainnet\/nodes/);
  await expect(page.getByText("63 of 63")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/nodes\/0x/);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/mainnet\/clusters/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

const paths = ["/mainnet", "/mainnet/nodes", "/mainnet/clusters", "/settings/account"];

for (const colorScheme of ["dark", "light"] as const)
  test(`pages are accessible in the ${colorScheme} theme`, async ({ consolePage: page }) => {
    await page.emulateMedia({ colorScheme });
    const [node] = await nodePaths(page);
    for (const path of [...paths, ...(node ? [node] : [])]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expectAccessible(page);
    }
  });

test("pages fit a phone of 390 px", async ({ consolePage: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const [node] = await nodePaths(page);
  for (const path of [...paths, ...(node ? [node] : [])]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});

test("an unknown address says so and leads back", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/mainnet/nothing-here");
  await expect(page.getByText(/no page|not found/i).first()).toBeVisible();
});

async function nodePaths(page: Page): Promise<string[]> {
  await page.goto("/mainnet/nodes");
  const link = page.getByRole("row").nth(1).getByRole("link").first();
  const href = await link.getAttribute("href");
  return href ? [href] : [];
}

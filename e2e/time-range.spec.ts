import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

const nodePage = nodePath(knownNode("fra2-s03"));
const rangeButton = (page: Page) => page.getByRole("button", { name: /^Time range/ });
const chart = (page: Page) => page.getByRole("img", { name: "Operations" });

test("the range of the address drives the page, and steps are in the history", async ({ page }) => {
  await page.goto(`${nodePage}?from=now-1h`);
  await expect(rangeButton(page)).toContainText("Last hour");
  await expect(page.getByRole("button", { name: "1 h", pressed: true })).toBeVisible();
  const live = await barWords(page);
  await page.keyboard.press("[");
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT.*&to=\d{4}/);
  await expect.poll(() => barWords(page)).not.toBe(live);
  const stepped = page.url();
  expect(spanMs(stepped)).toBe(3_600_000);
  await page.keyboard.press("[");
  await expect(page).not.toHaveURL(stepped);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(stepped);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/from=now-1h$/);
  await page.goBack();
  await expect(page).toHaveURL(stepped);
  await page.goForward();
  await expect(rangeButton(page)).toContainText("Last hour");
});

test("a range is chosen by name or typed, and goes along to other pages", async ({ page }) => {
  await page.goto("/mainnet");
  await rangeButton(page).click();
  await page.getByRole("button", { name: "Last 24 hours" }).click();
  await expect(page).toHaveURL(/\?from=now-24h$/);
  await rangeButton(page).click();
  await page.getByLabel("From", { exact: true }).fill("yesterday");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/This is no time/)).toBeVisible();
  await page.getByLabel("From", { exact: true }).fill("-2h");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?from=now-2h$/);
  const nodes = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Nodes" });
  // The links follow the address within a frame or two, quicker than a person and slower than a program.
  await expect(nodes).toHaveAttribute("href", /from=now-2h$/);
  await nodes.click();
  await expect(page).toHaveURL(/\/mainnet\/nodes\?from=now-2h$/);
});

test("dragging over a chart zooms every chart of the page, and Back undoes it", async ({ page }) => {
  await page.goto(`${nodePage}?from=now-1h`);
  await chart(page).locator("svg").first().waitFor();
  await chart(page).scrollIntoViewIfNeeded();
  const box = await chart(page).boundingBox();
  if (!box) throw new Error("The chart is not drawn.");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.75, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT/);
  const zoomed = spanMs(page.url());
  expect(zoomed).toBeGreaterThan(10 * 60_000);
  expect(zoomed).toBeLessThan(20 * 60_000);
  await page.goBack();
  await expect(page).toHaveURL(/from=now-1h$/);
});

function spanMs(address: string): number {
  const { searchParams } = new URL(address);
  return Date.parse(searchParams.get("to") ?? "") - Date.parse(searchParams.get("from") ?? "");
}

/** The bar over the charts says from when to when they are. */
function barWords(page: Page): Promise<string> {
  return page.locator(".bar b").first().innerText();
}

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { columnOf, expect, test } from "./console-test.ts";

const filtered = "/mainnet/nodes?q=lon1&sort=-name";
const names = ["lon1-s07", "lon1-s06", "lon1-s05", "lon1-s04", "lon1-s03", "lon1-s02", "lon1-s01"];

test("the filter stands in the address, and Back undoes it", async ({ page }) => {
  await page.goto("/mainnet/nodes");
  await page.getByText("63 of 63").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("lon1");
  await expect(page).toHaveURL(/[?&]q=lon1/);
  await expect(page.getByText("7 of 63")).toBeVisible();
  await page.getByRole("columnheader", { name: "Node" }).getByRole("button").first().click();
  await expect(page).toHaveURL(/sort=name/);
  await page.goBack();
  await expect(page).not.toHaveURL(/sort=name/);
});

test("CSV and JSON hold the rows of the filter in their order", async ({ page }) => {
  await openFiltered(page);
  const lines = (await exported(page, "CSV")).trim().split(/\r?\n/);
  const at = lines[0]?.split(",").indexOf("name") ?? -1;
  expect(lines.slice(1).map((line) => line.split(",")[at])).toEqual(names);
  const { rows }: { rows: { name: string; key: string }[] } = JSON.parse(await exported(page, "JSON"));
  expect(rows.map((row) => row.name)).toEqual(names);
  expect(rows.every((row) => /^0x[0-9a-f]{64}$/.test(row.key))).toBe(true);
});

async function openFiltered(page: Page): Promise<void> {
  await page.goto(filtered);
  await page.getByText("7 of 63").waitFor();
  expect((await columnOf(page, "Node")).map((text) => text.slice(0, 8))).toEqual(names);
}

async function exported(page: Page, form: "CSV" | "JSON"): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: form, exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^nodes-mainnet.*\.(csv|json)$/);
  return readFile(await download.path(), "utf8");
}

import { expect, test } from "../console-test.ts";
import { knownNode, nodePath } from "../known-nodes.ts";

test("every chart is also a table", async ({ page }) => {
  await page.goto(`${nodePath(knownNode("hel1-s01"))}?from=now-15m`);
  await page.getByRole("button", { name: "Tables" }).click();
  await expect(page).toHaveURL(/as=tables/);
  const operations = page.getByRole("region", { name: "Operations", exact: true });
  await expect(operations.getByRole("columnheader", { name: /^GET/ })).toBeVisible();
  expect(await operations.getByRole("row").count()).toBeGreaterThan(10);
});

test("chosen nodes stand side by side, and the address keeps them", async ({ page }) => {
  await page.goto("/mainnet/nodes?q=lon1&sort=name");
  await page.getByText("7 of 63").waitFor();
  for (const name of ["lon1-s01", "lon1-s02", "lon1-s03"])
    await page.getByRole("checkbox", { name: `Select ${name}` }).click();
  await page.getByRole("button", { name: /^Compare/ }).click();
  await expect(page).toHaveURL(/\/nodes\/compare\?keys=0x/);
  await page.reload();
  for (const name of ["lon1-s01", "lon1-s02", "lon1-s03"])
    await expect(page.getByRole("columnheader", { name })).toBeVisible();
  await expect(
    page
      .getByRole("img", { name: /Operations/ })
      .locator("svg")
      .first(),
  ).toBeVisible();
});

test("a row opens a panel beside the list, which moves on with the keys and leads to the page", async ({
  page,
}) => {
  await page.goto("/mainnet/nodes?q=lon1&sort=name");
  await page
    .getByRole("gridcell")
    .filter({ hasText: "lon1-s02" })
    .click({ position: { x: 140, y: 8 } });
  const panel = page.getByRole("complementary");
  await expect(panel).toContainText("lon1-s02");
  await expect(page).toHaveURL(/peek=0x/);
  await page.keyboard.press("j");
  await expect(panel).toContainText("lon1-s03");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

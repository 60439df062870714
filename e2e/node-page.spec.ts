import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

test("a node's page shows what the chain, the node and we say, its risk, and its charts", async ({
  page,
}) => {
  await page.goto(nodePath(knownNode("fsn1-s07")));
  await expect(page.getByRole("heading", { level: 1, name: "fsn1-s07" })).toBeVisible();
  for (const name of [
    "Three views of this node",
    "Risk of a penalty",
    "Well provisioned",
    "Storage forecast",
  ])
    await expect(page.getByRole("region", { name })).toBeVisible();
  for (const name of ["Operations", "Latency", "Errors", "Disk read latency", "CPU and memory", "Network"])
    await expect(
      page.getByRole("region", { name, exact: true }).locator("svg, canvas").first(),
    ).toBeVisible();
  // This one has a slow disk and fails requests: the local network is made so.
  await expect(page.getByRole("status").filter({ hasText: "Degraded." })).toContainText(
    /requests failed|disk read/,
  );
  await expect(page.getByRole("region", { name: "Well provisioned" })).toContainText(/not met/);
});

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
  const row = page.getByRole("row").filter({ hasText: "lon1-s02" });
  await row.getByRole("gridcell", { name: /^(Online|Degraded)/ }).click();
  const panel = page.getByRole("complementary");
  await expect(panel).toContainText("lon1-s02");
  await expect(page).toHaveURL(/peek=0x/);
  await page.keyboard.press("j");
  await expect(panel).toContainText("lon1-s03");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

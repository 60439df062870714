import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

test("switching the network keeps the page and its filter, and changes its colour", async ({ page }) => {
  await page.goto("/mainnet/nodes?q=fsn1&from=now-1h");
  await expect(page.getByText("12 of 63")).toBeVisible();
  const colour = () =>
    page
      .getByRole("button", { name: /^Network/ })
      .evaluate((button) => getComputedStyle(button).backgroundColor);
  const mainnet = await colour();
  await page.getByRole("button", { name: "Network: mainnet" }).click();
  await page.getByRole("menuitem", { name: "devnet" }).click();
  await expect(page).toHaveURL(/\/devnet\/nodes\?q=fsn1&from=now-1h$/);
  await expect(page.getByText("9 of 9")).toBeVisible();
  await expect(page.getByRole("button", { name: "Network: devnet" })).toBeVisible();
  expect(await colour()).not.toBe(mainnet);
});

test("from the page of one node the switch leads to the nodes of the other network", async ({ page }) => {
  await page.goto(nodePath(knownNode("fsn1-s02")));
  await page.getByRole("button", { name: "Network: mainnet" }).click();
  await page.getByRole("menuitem", { name: "testnet" }).click();
  await expect(page).toHaveURL(/\/testnet\/nodes$/);
  await expect(page.getByText("21 of 21")).toBeVisible();
});

test.describe("at an address that leads nowhere", () => {
  test.use({ expectedComplaints: /status of 404/ });

  test("a node that nobody knows is said in words, and a link leads on", async ({ page }) => {
    await page.goto(`/mainnet/nodes/0x${"12".repeat(32)}`);
    await expect(page.getByText(/There is no such|no page/i).first()).toBeVisible();
    await page.getByRole("main").getByRole("link").first().click();
    await expect(page).toHaveURL(/\/mainnet(\/nodes)?$/);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
});

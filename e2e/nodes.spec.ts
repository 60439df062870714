import { readFile } from "node:fs/promises";
import { expect, test } from "./console-test.ts";

test("the filter stands in the address and is what the export holds", async ({ consolePage: page }) => {
  await page.goto("/mainnet/nodes");
  await page.keyboard.press("/");
  await page.keyboard.type("fsn1");
  await expect(page).toHaveURL(/q=fsn1/);
  await expect(page.getByText(/^\d+ of 63$/)).toBeVisible();
  const shown = Number(/(\d+) of 63/.exec(await page.getByText(/^\d+ of 63$/).innerText())?.[1]);
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /CSV/ }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  const lines = csv.trim().split("\n");
  expect(lines.length - 1).toBe(shown);
  expect(lines.slice(1).every((line) => line.includes("fsn1"))).toBe(true);
});

test("a node's page shows what the chain, the node and we say, its risk and its charts", async ({
  consolePage: page,
}) => {
  await page.goto("/mainnet/nodes");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  for (const name of [
    "Three views of this node",
    "Risk of a penalty",
    "Well provisioned",
    "Operations",
    "Latency",
  ])
    await expect(page.getByRole("region", { name }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Operations" }).locator("svg").first()).toBeVisible();
});

test("selected nodes are compared side by side", async ({ consolePage: page }) => {
  await page.goto("/mainnet/nodes");
  await expect(page.getByText("63 of 63")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/nodes\/compare\?keys=/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test.describe("as a viewer", () => {
  test.use({ role: "viewer" });

  test("what a viewer may not do is visible, refused, and says which role is missing", async ({
    consolePage: page,
  }) => {
    await page.goto("/mainnet/nodes");
    await page.getByRole("row").nth(1).getByRole("link").first().click();
    const probe = page.getByRole("button", { name: /Probe now/ });
    await expect(probe).toHaveAttribute("aria-disabled", "true");
    await expect(probe).toHaveAccessibleDescription(/operator/);
  });
});

test("an operator probes a node and sees the answer", async ({ consolePage: page }) => {
  await page.goto("/mainnet/nodes?status=online");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await page.getByRole("button", { name: /Probe now/ }).click();
  await expect(page.getByText(/answered in|\/info answered/i).first()).toBeVisible();
});

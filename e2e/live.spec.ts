import { expect, figureOf, openTab, test } from "./console-test.ts";

test("the overview shows a living network that moves without a reload", async ({ consolePage: page }) => {
  await page.goto("/mainnet");
  await expect(page.getByRole("region", { name: "Nodes heard" })).toContainText("of 63");
  const before = await figureOf(page, "Operations");
  await expect.poll(() => figureOf(page, "Operations")).not.toBe(before);
});

test("the nodes list moves once a second", async ({ consolePage: page }) => {
  await page.goto("/mainnet/nodes");
  await expect(page.getByText("63 of 63")).toBeVisible();
  const rows = page.getByRole("row");
  const shown = async () => (await rows.allInnerTexts()).slice(0, 12).join("\n");
  const before = await shown();
  await expect.poll(shown, { timeout: 5_000 }).not.toBe(before);
});

test("ten tabs are live at once over one socket", async ({ consolePage: page, context }) => {
  await page.goto("/mainnet/nodes");
  await expect(page.locator(".statusbar")).toContainText("Live");
  const more = await Promise.all(Array.from({ length: 9 }, () => openTab(context, "/mainnet/nodes")));
  for (const tab of more) {
    await expect(tab.locator(".statusbar")).toContainText("Live");
    const shown = async () => (await tab.getByRole("row").allInnerTexts()).slice(0, 12).join("\n");
    const before = await shown();
    await expect.poll(shown).not.toBe(before);
  }
  const metrics = await (await page.request.get("/metrics")).text();
  const sockets = /^console_live_sockets(?:\{[^}]*\})? (\d+)/m.exec(metrics)?.[1];
  expect(Number(sockets)).toBe(1);
});

test("paused means that nothing moves, and live catches up", async ({ consolePage: page }) => {
  await page.goto("/mainnet/nodes");
  await expect(page.getByText("63 of 63")).toBeVisible();
  await page.getByRole("button", { name: /live/i }).click();
  await expect(page.locator(".statusbar")).toContainText("Paused");
  const shown = async () => (await page.getByRole("row").allInnerTexts()).slice(0, 12).join("\n");
  const before = await shown();
  await expect(page.locator(".statusbar")).toContainText(/Paused.*[3-9] s/);
  expect(await shown()).toBe(before);
  await page
    .getByRole("button", { name: /paused|resume|live/i })
    .first()
    .click();
  await expect.poll(shown).not.toBe(before);
});

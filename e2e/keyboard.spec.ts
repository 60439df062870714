import type { Locator, Page } from "@playwright/test";
import { settled } from "./console-pages.ts";
import { expect, test } from "./console-test.ts";

test.use({ role: "nobody" });

test("somebody without a mouse signs in and reaches every page", async ({ page }) => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type("operator@demo.local");
  await press("Tab");
  await page.keyboard.type("local-network-only");
  await press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await settled(page);
  await press("g", "n");
  await expect(page.getByText("63 of 63")).toBeVisible();
  await press("/");
  await page.keyboard.type("hel1");
  await expect(page.getByText("9 of 63")).toBeVisible();
  await press("Escape", "Escape");
  await expect(page.getByText("63 of 63")).toBeVisible();
  await press("j", "x", "j", "j", "k", "x");
  await expect(page.getByText("2 selected")).toBeVisible();
  await press("o");
  await expect(page.getByRole("complementary")).toBeVisible();
  await press("Escape");
  await expect(page.getByRole("complementary")).toBeHidden();
  await expect(page.getByText("2 selected")).toBeVisible();
  await expect(async () => {
    await press("c");
    await expect(page.getByRole("heading", { level: 1, name: "Compare nodes" })).toBeVisible({
      timeout: 10_000,
    });
  }).toPass();
  // Alt and the left arrow belong to the browser; one without a window has no such keys.
  await page.goBack();
  await expect(page.getByText("63 of 63")).toBeVisible();
  await press("j", "Enter");
  await expect(page).toHaveURL(/\/nodes\/0x[0-9a-f]{64}/);
  await tabTo(page, page.getByRole("link", { name: "Probes", exact: true }));
  await press("Enter");
  await expect(page).toHaveURL(/tab=probes/);
  await press("g", "c");
  await expect(page.getByRole("heading", { level: 1, name: "Clusters" })).toBeVisible();
  await settled(page);
  await tabTo(
    page,
    page
      .getByRole("main")
      .getByRole("link", { name: /Dragon 1|0x0059/ })
      .first(),
  );
  await press("Enter");
  await expect(page).toHaveURL(/\/clusters\/0x/);
  await press("g", "s");
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await settled(page);
  await press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

/** Tab until it has the focus, as somebody without a mouse gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 150; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("150 times Tab did not lead there.");
}

import { expect, test } from "../console-test.ts";

test("a row opens a panel beside the list, which moves on with the keys and leads to the page", async ({
  page,
}) => {
  await page.goto("/mainnet/nodes?q=lon1&sort=name");
  const row = page.getByRole("row").filter({ hasText: "lon1-s02" });
  await row.getByRole("gridcell", { name: "Dragon 1" }).click();
  const panel = page.getByRole("complementary");
  await expect(panel).toContainText("lon1-s02");
  await expect(page).toHaveURL(/peek=0x/);
  await page.keyboard.press("j");
  await expect(panel).toContainText("lon1-s03");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

import { expect, signIn, test } from "../console-test.ts";

test.use({ role: "nobody" });

test("signing out ends the session in every tab", async ({ page, context }) => {
  await page.goto("/sign-in");
  await signIn(page, "viewer@demo.local");
  await expect(page).toHaveURL(/\/mainnet$/);
  const other = await context.newPage();
  await other.goto("/mainnet/nodes");
  await expect(other.getByText("63 of 63")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("button", { name: /viewer/i })
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(other).toHaveURL(/\/sign-in/);
  await page.goto("/mainnet");
  await expect(page).toHaveURL(/\/sign-in/);
});

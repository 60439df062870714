import { demoPassword, expect, expectAccessible, signIn, test } from "./console-test.ts";

test("a stranger is led to sign in, and back to the page asked for", async ({ page }) => {
  await page.goto("/testnet/nodes");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail").fill("viewer@demo.local");
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/testnet\/nodes/);
});

test("a wrong password and an unknown account are refused in the same words", async ({ page }) => {
  const refusals: string[] = [];
  for (const email of ["viewer@demo.local", "nobody@demo.local"]) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    refusals.push(await page.getByRole("alert").filter({ hasText: /\w/ }).first().innerText());
  }
  expect(refusals[0]).toBe(refusals[1]);
});

test("the sign-in page is accessible in both themes", async ({ page }) => {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto("/sign-in");
    await expectAccessible(page);
  }
});

test("signing out ends the session for this browser", async ({ page }) => {
  await signIn(page, "viewer");
  await page
    .getByRole("button", { name: /demo viewer|viewer/i })
    .first()
    .click();
  await page.getByRole("menuitem", { name: /sign out/i }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/mainnet");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("another site's page to return to is not followed", async ({ page }) => {
  await page.goto("/sign-in?next=https://example.org/");
  await page.getByLabel("E-mail").fill("viewer@demo.local");
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  expect(new URL(page.url()).hostname).toBe("localhost");
});

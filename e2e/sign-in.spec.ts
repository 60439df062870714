import { expect, signIn, test } from "./console-test.ts";

test.use({ role: "nobody" });

test("a stranger is led to sign in, and back to the page asked for", async ({ page }) => {
  await page.goto("/testnet/nodes?q=fsn1");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("to open Nodes on testnet")).toBeVisible();
  await signIn(page, "viewer@demo.local");
  await expect(page).toHaveURL(/\/testnet\/nodes\?q=fsn1$/);
  await expect(page.getByText("8 of 21")).toBeVisible();
});

test("a page to return to that is another site's is not followed", async ({ page, baseURL }) => {
  await page.goto("/sign-in?next=https://example.org/");
  await signIn(page, "viewer@demo.local");
  await expect(page).toHaveURL(`${baseURL}/mainnet`);
});

test.describe("refused", () => {
  test.use({ expectedComplaints: /status of 401/ });

  test("a wrong password and an unknown account are refused in the same words, and the right one gets in", async ({
    page,
  }) => {
    const refusals: string[] = [];
    for (const email of ["viewer@demo.local", "nobody@demo.local"]) {
      await page.goto("/sign-in");
      await signIn(page, email, "not the password");
      const refusal = page.getByRole("main").getByRole("alert");
      // How many tries are left is counted, whoever it was.
      refusals.push((await refusal.innerText()).replace(/\d+/, "n").replace(/Request \S+/, ""));
    }
    expect(refusals[0]).toBe(refusals[1]);
    expect(refusals[0]).toMatch(/wrong/);
    await signIn(page, "viewer@demo.local");
    await expect(page).toHaveURL(/\/mainnet$/);
  });
});

test.describe("out", () => {
  // The other tab is told by the answer to what it was about to ask.
  test.use({ expectedComplaints: /status of 401/ });

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
});

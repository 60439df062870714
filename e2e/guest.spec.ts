import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./console-test.ts";
import { otherBrowser } from "./other-browser.ts";
import { newestMailTo } from "./stack/mails.ts";
import { timeCode } from "./time-codes.ts";

/** A browser says so when a sign-in is answered with "one more step" or a session has ended. */
test.use({ role: "admin", expectedComplaints: /status of 401/ });

const outWithinMs = 5_000;

test("somebody is let in by a link, adds a second factor, is helped by mail, and is out when an admin says so", async ({
  page: admin,
  browser,
}) => {
  const name = `Guest ${randomUUID().slice(0, 8)}`;
  const email = `${name.toLowerCase().replace(" ", "-")}@demo.local`;
  const link = await test.step("invited", () => invite(admin, { name, email }));
  await using other = await otherBrowser(browser);
  const guest = other.page;
  await test.step("the link sets a password", async () => {
    await setPassword(guest, link, "a-password-of-the-guest");
    await signIn(guest, email, "a-password-of-the-guest");
    await expectInside(guest);
  });
  const { secret, codes } = await test.step("second factor", () => addSecondFactor(guest));
  await test.step("in by a code of the authenticator, and later by a recovery code", async () => {
    // A code works once, and the one of this half minute was used to turn the factor on.
    for (const code of [timeCode(secret, 1), codes[0] ?? ""]) {
      await signOut(guest);
      await signIn(guest, email, "a-password-of-the-guest");
      if (code === codes[0]) await guest.getByRole("button", { name: "Use a recovery code" }).click();
      await guest.getByRole("textbox", { name: /^(Code|Recovery code)$/ }).fill(code);
      await guest.getByRole("button", { name: "Continue" }).click();
      await expectInside(guest);
    }
  });
  await test.step("a forgotten password is set anew by a link that comes by mail", async () => {
    await signOut(guest);
    await guest.getByRole("button", { name: "Forgot it" }).click();
    await expect(guest.getByRole("heading", { name: "Set a new password" })).toBeVisible();
    await guest.getByLabel("E-mail").fill(email);
    await guest.getByRole("button", { name: "Send the link" }).click();
    await expect(guest.getByText("the mail is on its way")).toBeVisible();
    await setPassword(guest, await linkInMail(email), "another-password-of-the-guest");
    await signIn(guest, email, "another-password-of-the-guest");
    await guest.getByRole("button", { name: "Use a recovery code" }).click();
    await guest.getByLabel("Recovery code").fill(codes[1] ?? "");
    await guest.getByRole("button", { name: "Continue" }).click();
    await expectInside(guest);
  });
  await test.step("out, on the page that is open", async () => {
    await deactivate(admin, name);
    await expect(guest).toHaveURL(/\/sign-in\?/, { timeout: outWithinMs });
  });
  await admin.goto("/settings/audit");
  await expect(admin.getByRole("row").filter({ hasText: "person.disable" }).first()).toContainText(email);
});

async function invite(admin: Page, { name, email }: { name: string; email: string }): Promise<string> {
  await admin.goto("/settings/people");
  await admin.getByRole("button", { name: "Invite" }).click();
  const dialog = admin.getByRole("dialog", { name: "Invite" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "By a link, used once" }).click();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await admin
    .getByRole("dialog", { name: `${name} is invited` })
    .locator("code")
    .innerText();
  await admin.getByRole("button", { name: "Done" }).click();
  return link;
}

/** Ends at the form of the sign-in. */
async function setPassword(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
}

async function expectInside(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
}

async function addSecondFactor(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Set up an authenticator" }).click();
  const shown = await page.getByText(/^Or type/).innerText();
  const secret = shown.replace("Or type", "").replace(/\s/g, "");
  await page.getByRole("textbox", { name: "Code" }).fill(timeCode(secret));
  await page.getByRole("button", { name: "Turn it on" }).click();
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  return { secret, codes: await codes.allInnerTexts() };
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/settings/account");
  await page.getByRole("table", { name: "Your sessions" }).getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

async function linkInMail(email: string): Promise<string> {
  await expect.poll(() => newestMailTo(email)).not.toBeNull();
  // Long lines are broken in a mail; the address stands on a line of its own.
  const text = (newestMailTo(email) ?? "").replace(/=\r?\n/g, "").replace(/=3D/g, "=");
  const link = /https?:\/\/\S+\/sign-in\/password#\S+/.exec(text)?.[0];
  if (!link) throw new Error(`There is no link in the mail:\n${text}`);
  return link;
}

async function deactivate(admin: Page, name: string): Promise<void> {
  await admin.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await admin.getByRole("complementary").getByRole("button", { name: "Deactivate" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("The journey is over");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(dialog).toBeHidden();
}

import { randomUUID } from "node:crypto";
import type { Locator } from "@playwright/test";
import { expect, signIn, test } from "../console-test.ts";
import { knownNode, nodePath } from "../known-nodes.ts";

const node = knownNode("hel1-s03");

async function expectRefused(button: Locator, reason: string): Promise<void> {
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleName(new RegExp(reason));
}

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("sees what is refused, and which role is missing", async ({ page }) => {
    await page.goto(nodePath(node));
    const probe = page.getByRole("button", { name: /^Probe now/ });
    await expectRefused(probe, "Needs role operator on mainnet");
    const asked: string[] = [];
    page.on("request", (request) => request.method() === "POST" && asked.push(request.url()));
    await probe.click();
    await probe.hover();
    await expect(
      page.getByText("Needs role operator on mainnet").filter({ visible: true }).last(),
    ).toBeVisible();
    expect(asked).toEqual([]);
  });

  test("is told who may see people and the audit log", async ({ page }) => {
    await page.goto("/settings/people");
    await expect(page.getByText(/role admin/).first()).toBeVisible();
    await page.goto("/settings/audit");
    await expect(page.getByText(/role auditor|role admin/).first()).toBeVisible();
  });
});

test.describe("an admin", () => {
  test.use({ role: "admin", expectedComplaints: [/status of 401/] });

  test("lets somebody in by a link, and out again at once", async ({ page, browser, baseURL }) => {
    const name = `Guest ${randomUUID().slice(0, 8)}`;
    const email = `${name.toLowerCase().replace(" ", "-")}@demo.local`;
    await page.goto("/settings/people");
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByRole("dialog", { name: "Invite" }).getByLabel("Name").fill(name);
    await page.getByRole("dialog", { name: "Invite" }).getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page
      .getByRole("dialog", { name: `${name} is invited` })
      .locator("code")
      .innerText();
    await page.getByRole("button", { name: "Done" }).click();

    await using guestContext = await browser.newContext({ ...(baseURL && { baseURL }) });
    const guest = await guestContext.newPage();
    await guest.goto(link);
    await guest.getByLabel("New password", { exact: true }).fill("a-password-of-the-guest");
    await guest.getByRole("button", { name: "Set password" }).click();
    await guest.getByRole("link", { name: "Sign in" }).click();
    await signIn(guest, email, "a-password-of-the-guest");
    await expect(guest.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

    await page.getByRole("row").filter({ hasText: name }).click();
    await page.getByRole("complementary").getByRole("button", { name: "Deactivate" }).click();
    await page.getByRole("dialog").getByLabel("Reason").fill("The journey is over");
    await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    await expect(guest).toHaveURL(/\/sign-in/, { timeout: 10_000 });
    await page.goto("/settings/audit");
    await expect(page.getByRole("row").filter({ hasText: "person.disable" }).first()).toContainText(email);
  });
});

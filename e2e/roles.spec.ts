import type { Locator } from "@playwright/test";
import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

const node = knownNode("hel1-s03");

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("sees what is refused, and which role is missing", async ({ page }) => {
    await page.goto(nodePath(node));
    const probe = page.getByRole("button", { name: /^Probe now/ });
    await expectRefused(probe, "Needs role operator on mainnet");
    const asked: string[] = [];
    page.on("request", (request) => request.method() === "POST" && asked.push(request.url()));
    // Playwright waits for what is refused to be allowed; a person presses it all the same.
    await probe.click({ force: true });
    await probe.hover();
    await expect(
      page.getByText("Needs role operator on mainnet").filter({ visible: true }).last(),
    ).toBeVisible();
    expect(asked).toEqual([]);
  });
});

test.describe("a viewer, where only others may be", () => {
  // The server refuses what the page asks, which the browser writes down.
  test.use({ role: "viewer", expectedComplaints: /status of 403/ });

  test("is told who may see people and the audit log", async ({ page }) => {
    await page.goto("/settings/people");
    await expect(page.getByText(/role admin/).first()).toBeVisible();
    await page.goto("/settings/audit");
    await expect(page.getByText(/role auditor|role admin/).first()).toBeVisible();
  });
});

test.describe("an operator", () => {
  test("probes a node, is told the answer, and it stands in the node's probes", async ({ page }) => {
    await page.goto(nodePath(node));
    await page.getByRole("button", { name: "Probe now" }).click();
    await expect(page.getByText(/^hel1-s03 answered in [\d.,]+ ms$/)).toBeVisible();
    await page.getByRole("link", { name: "Probes", exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: "Operator of the demo" }).first()).toContainText(
      "Answered",
    );
  });
});

test.describe("an auditor", () => {
  // People are for admins: the server refuses what the page asks.
  test.use({ role: "auditor", expectedComplaints: /status of 403/ });

  test("reads in the audit log who signed in, and may not invite", async ({ page }) => {
    await page.goto("/settings/audit");
    await expect(page.getByRole("row").filter({ hasText: "session.create" }).first()).toBeVisible();
    await page.goto("/settings/people");
    await expectRefused(page.getByRole("button", { name: /^Invite/ }), "role admin");
  });
});

async function expectRefused(button: Locator, reason: string): Promise<void> {
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleName(new RegExp(reason));
}

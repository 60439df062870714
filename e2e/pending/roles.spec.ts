import type { Locator } from "@playwright/test";
import { expect, test } from "../console-test.ts";
import { knownNode, nodePath } from "../known-nodes.ts";

const node = knownNode("hel1-s03");

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

async function expectRefused(button: Locator, reason: string): Promise<void> {
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleName(new RegExp(reason));
}

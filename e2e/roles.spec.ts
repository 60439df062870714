import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

const node = knownNode("hel1-s03");

test.describe("an operator", () => {
  test("probes a node, is told the answer, and it stands in the node's probes", async ({ page }) => {
    await page.goto(nodePath(node));
    await page.getByRole("button", { name: "Probe now" }).click();
    await expect(page.getByText(/^hel1-s03 answered in [\d.]+ ms$/)).toBeVisible();
    await page.getByRole("link", { name: "Probes", exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: "Operator of the demo" }).first()).toContainText(
      "Answered",
    );
  });
});

test.describe("an auditor", () => {
  test.use({ role: "auditor" });

  test("reads in the audit log who signed in, and may not invite", async ({ page }) => {
    await page.goto("/settings/audit");
    await expect(page.getByRole("row").filter({ hasText: "session.create" }).first()).toBeVisible();
  });
});

import { expect, test } from "./console-test.ts";
import { knownAgent } from "./known-agents.ts";

test.use({ role: "developer" });

test("a setting and a secret are applied, acknowledged by the runtime, and never shown again", async ({
  page,
}) => {
  await page.goto(`/agents/${knownAgent.id}/config`);
  const shorter = page.getByRole("textbox", { name: "minMinutes" });
  await shorter.fill("500");
  await expect(page.getByRole("alert").getByText("At most 240.")).toBeVisible();
  await shorter.fill(String(1 + Math.floor(Math.random() * 200)));
  await page
    .getByRole("table", { name: "Secrets" })
    .getByRole("button", { name: /^(Set|Replace)$/ })
    .click();
  await page.getByLabel("New text of STAMP_KEY").fill("nobody reads this back");
  await page.getByLabel("Note, shown in the history").fill("Short meetings are left out");
  const apply = page.getByRole("button", { name: /^Apply rev/ });
  await expect(apply).not.toHaveAttribute("aria-disabled", "true");
  await apply.click();

  const revisions = page.getByRole("table", { name: "Revisions" });
  const newest = revisions.getByRole("row").nth(1);
  await expect(newest.getByText("Short meetings are left out")).toBeVisible();
  await expect(newest.getByText(/^1 of 1, \d/)).toBeVisible();
  await expect(page.getByRole("table", { name: "Instances" }).getByText("same")).toBeVisible();
  await expect(page.getByText("nobody reads this back")).toHaveCount(0);
});

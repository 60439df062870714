import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";
import { knownAgent } from "./known-agents.ts";

test.use({ role: "developer" });

/** In dev other journeys change the configuration, which says what is written. */
const place = `/agents/${knownAgent.id}/replay?env=staging`;

test("recorded events run through another version beside the live one, and each difference has an address", async ({
  page,
}) => {
  await page.goto(place);
  await chooseEarlierVersion(page);
  await page.getByLabel("At most").selectOption("100");
  await page.getByRole("button", { name: "Replay", exact: true }).click();

  const replay = page.getByRole("region", { name: /^Replay \d/ });
  await expect(replay.getByText("finished")).toBeVisible();
  await expect(page.getByText("No effects left the sandbox.")).toBeVisible();
  const places = page.getByRole("table", { name: "Where they differ" });
  await places.getByRole("button", { name: "speakers" }).click();
  await expect(page).toHaveURL(/path=speakers/);
  // The key goes to the first of the events that are listed, once they are.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page).toHaveURL(/event=\d+/, { timeout: 1_000 });
  }).toPass();
  const missing = page.locator("[data-removed] code", { hasText: '"speakers"' });
  await expect(missing).toBeVisible();
  await page.reload();
  await expect(missing).toBeVisible();
});

test("a replay is cancelled by whoever may start one, and nobody less sees the button work", async ({
  page,
}) => {
  await page.goto(place);
  await chooseEarlierVersion(page);
  await page.getByLabel("At most").selectOption("10000");
  await page.getByLabel("Events of").selectOption("6h");
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("region", { name: /^Replay \d/ }).getByText("cancelled")).toBeVisible();
  await page.goto(place.replace("env=staging", "env=prod"));
  await expect(page.getByRole("button", { name: /^Replay , Needs role operator in prod/ })).toBeVisible();
});

/** 2.3.1 does not count who spoke; what is live in staging does. */
async function chooseEarlierVersion(page: Page): Promise<void> {
  const candidate = page.getByLabel("Candidate");
  const earlier = candidate.locator("option", { hasText: "2.3.1" });
  await candidate.selectOption((await earlier.getAttribute("value")) ?? "");
}

import type { Browser, Page } from "@playwright/test";
import { readyAgents } from "../localnet/agents/ready-made.ts";
import { expect, test } from "./console-test.ts";
import { otherBrowser } from "./other-browser.ts";
import { sessionFile } from "./stack/stack-facts.ts";
import { stopwatch } from "./stopwatch.ts";

/** Runs in prod from the start, and nobody else's journey deploys it. */
const alias = "ask-vault";
const ready = readyAgents.find(({ versions }) => versions.some(({ note }) => note === "Says what it read"));
if (!ready) throw new Error("The local network has no such agent.");
const service = ready.agentService;
/** Two steps of 30 s, and what a sample of a quarter of the events takes. */
const rolloutMs = 170_000;
/** A run finds what the one before it left: versions are never written twice. As many digits as a version may have. */
const build = Math.floor(Date.now() / 1_000) % 100_000_000;

test.use({ role: "developer" });
test.describe.configure({ mode: "serial", timeout: 300_000 });

test("a bundle is dropped, deployed to dev, promoted to prod with a canary, and passes", async ({
  page,
  browser,
}) => {
  const version = `3.0.${build}`;
  const tell = stopwatch();
  await registerAndDeploy(page, version, answers);
  tell("dropped, judged, registered, in dev");
  await using operator = await promote(browser, version);
  tell("promoted and approved");
  const rollout = operator.page.getByRole("main");
  const steps = rollout.getByRole("list", { name: "Steps" });
  await expect(steps.getByText("done", { exact: true })).toHaveCount(3, { timeout: rolloutMs });
  await expect(rollout.getByText("pass", { exact: true }).first()).toBeVisible();
  tell("passed");
  await page.goto(agentPath);
  await expect(page.getByRole("region", { name: "prod" }).getByText(version, { exact: true })).toBeVisible();
});

test("one that throws for 5 % of the events is rolled back by itself, and says why", async ({
  page,
  browser,
}) => {
  const version = `3.1.${build}`;
  const tell = stopwatch();
  await registerAndDeploy(
    page,
    version,
    `  if (Math.random() < 0.05) throw new Error("lost the thread");\n${answers}`,
  );
  await using operator = await promote(browser, version);
  tell("promoted and approved");
  const rollout = operator.page.getByRole("main");
  const told = rollout.getByRole("region", { name: /^Rollout \d+$/ });
  await expect(told.getByText("rolled back", { exact: true })).toBeVisible({ timeout: rolloutMs });
  await expect(told.getByText(/error rate|errors/i)).toBeVisible();
  tell("rolled back");
  await expect(operator.page.getByText("Nothing new is rolled out here.")).toBeVisible();
  await page.goto(agentPath);
  const prod = page.getByRole("region", { name: "prod" });
  await expect(prod.getByText(version, { exact: true })).toHaveCount(0);

  // Somebody looked at it: the next one may go.
  await operator.page.getByRole("button", { name: "Release" }).click();
  const dialog = operator.page.getByRole("dialog");
  await dialog.getByLabel(/Reason/).fill("The thread is found");
  await dialog.getByRole("button", { name: "Release" }).click();
  await expect(operator.page.getByText("Nothing new is rolled out here.")).toHaveCount(0);
});

const agentPath = `/agents/${service}:${alias}`;
const answers = `  return { answer: event.payload.text.split(" ").slice(0, 4).join(" "), notes: 1 };\n`;

async function registerAndDeploy(page: Page, version: string, body: string): Promise<void> {
  const manifest = {
    alias,
    version,
    engagements: [{ id: "answer", event: "question.asked", handler: "onQuestion" }],
    handlers: { onQuestion: { timeout: 2, memoryMiB: 32 } },
  };
  await page.goto(`/agents/upload?service=${service}`);
  await page.getByLabel("Files of the bundle").setInputFiles([
    {
      name: "bundle.js",
      mimeType: "text/javascript",
      buffer: Buffer.from(`// ${version}\nexport function onQuestion(event) {\n${body}}\n`),
    },
    {
      name: "manifest.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(manifest, null, 2)),
    },
  ]);
  await page.getByRole("button", { name: /^Upload and register/ }).click();
  await expect(page.getByText(`${alias} ${version} is registered.`)).toBeVisible();
  await page.getByRole("button", { name: "Deploy to dev" }).click();
  await expect(page.getByRole("region", { name: "dev" }).getByText(version, { exact: true })).toBeVisible();
}

/** An operator promotes what runs in dev, and an admin says yes. */
async function promote(browser: Browser, version: string) {
  const operator = await otherBrowser(browser, sessionFile("operator"));
  await operator.page.goto(agentPath);
  await operator.page
    .getByRole("region", { name: "dev" })
    .getByRole("link", { name: "Promote to prod" })
    .click();
  const chosen = operator.page.getByRole("combobox", { name: "Version" }).locator("option:checked");
  await expect(chosen).toContainText(version);
  await operator.page.getByLabel("Note").fill("As asked for");
  await operator.page.getByRole("button", { name: "Start rollout" }).click();
  await expect(operator.page.getByText("for a second person")).toBeVisible();

  await using admin = await otherBrowser(browser, sessionFile("admin"));
  await admin.page.goto(`${agentPath}/rollouts?env=prod`);
  await admin.page.getByRole("button", { name: "Approve" }).click();
  await expect(operator.page.getByText("for a second person")).toHaveCount(0);
  return operator;
}

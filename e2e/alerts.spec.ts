import type { Locator, Page } from "@playwright/test";
import { openHttpReceiver } from "../server/features/notify/testing/http-receiver.ts";
import { expect, statusBar, statusWarning, test } from "./console-test.ts";
import { localnet } from "./stack/localnet-command.ts";
import { newestMailTo } from "./stack/mails.ts";
import { stopwatch } from "./stopwatch.ts";

/** A small network has few alerts of its own. */
const network = "testnet";
const node = "sin1-t05";
/** What rules and the evaluator's rounds may take on a machine that is busy. */
const stepMs = 150_000;

test.use({ role: "admin" });
test.afterEach(async () => void (await localnet("heal", "node-down", `${network}/${node}`)));

test("a node that goes down is pending, fires, is told, is taken by keyboard, and resolves when it is back", async ({
  page,
}) => {
  test.setTimeout(600_000);
  await caughtUp(page);
  await using hook = await openHttpReceiver();
  const mark = Date.now().toString(36);
  const mail = `duty-${mark}@demo.local`;
  await page.goto(`/${network}/alerts?tab=routes`);
  await makeReceiver(page, { name: `hook ${mark}`, kind: "Webhook", field: "Address", value: hook.url });
  await makeReceiver(page, { name: `mail ${mark}`, kind: "E-mail", field: "To", value: mail });
  for (const receiver of [`hook ${mark}`, `mail ${mark}`]) await makeRoute(page, receiver);

  await page.goto(`/${network}/alerts?tab=pending&q=${node}`);
  const tell = stopwatch();
  await localnet("fault", "node-down", `${network}/${node}`);
  const row = page.getByRole("row").filter({ hasText: "Node silent" }).filter({ hasText: node });
  await expect(row).toBeVisible({ timeout: stepMs });
  tell("pending");

  await page.getByRole("link", { name: /^Queue/ }).click();
  await page.getByRole("textbox", { name: "Name or title" }).fill(node);
  await expect(row).toBeVisible({ timeout: stepMs });
  tell("firing, and in the queue");
  await expect(page.getByRole("link", { name: /^Alerts\s*\d+\s*waiting/ })).toBeVisible();

  const told = (change: string) =>
    hook.received.filter(({ body }) => body.includes(node) && body.includes(`"change":"${change}"`)).length;
  await expect.poll(() => told("firing"), { timeout: stepMs }).toBe(1);
  tell("the webhook was told");
  await expect.poll(() => newestMailTo(mail) ?? "", { timeout: stepMs }).toContain(node);
  tell("the mail has arrived");

  await takeAndPutBackAsGroup(page);
  tell("taken and put back as a group");
  await expect(row).toBeVisible();

  await acknowledgeByKeyboard(page, row);
  await expect(row).toHaveCount(0);
  await page.getByRole("link", { name: /^Acknowledged/ }).click();
  await expect(row).toContainText("Admin of the demo");
  tell("acknowledged");

  await localnet("heal", "node-down", `${network}/${node}`);
  await expect(row).toHaveCount(0, { timeout: stepMs });
  tell("resolved after it was healed");
  await expect.poll(() => told("resolved"), { timeout: stepMs }).toBe(1);
  expect(told("firing")).toBe(1);
  await page.goto(`/${network}/alerts?tab=resolved&q=${node}`);
  await row.first().click();
  const peek = page.getByRole("complementary", { name: /^alert/i });
  for (const step of ["over its limit", "fired", "acknowledged", "resolved"])
    await expect(peek).toContainText(step);
  await expect(peek).toContainText(`hook ${mark}`);
  await removeRoutes(page, mark);
});

/** As long as telemetry of the past is read, no node is said to be silent. */
async function caughtUp(page: Page): Promise<void> {
  await page.goto(`/${network}`);
  await expect(statusBar(page)).toContainText("Ingest");
  await expect(statusWarning(page)).toHaveCount(0, { timeout: 300_000 });
}

type NewReceiver = { name: string; kind: string; field: string; value: string };

async function makeReceiver(page: Page, { name, kind, field, value }: NewReceiver): Promise<void> {
  await page.getByRole("button", { name: "New receiver" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: kind }).click();
  await dialog.getByLabel(field, { exact: true }).fill(value);
  await dialog.getByRole("button", { name: "Make the receiver" }).click();
  const done = dialog.getByRole("button", { name: "Done" });
  const row = page.getByRole("table", { name: "Receivers" }).getByRole("row").filter({ hasText: name });
  await expect(done.or(row).first()).toBeVisible();
  if (kind === "Webhook") await done.click();
  await expect(dialog).toHaveCount(0);
  await expect(row).toBeVisible();
}

async function makeRoute(page: Page, receiver: string): Promise<void> {
  await page.getByRole("button", { name: "New route" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`to ${receiver}`);
  await dialog.getByLabel("Receiver").selectOption({ label: receiver });
  await dialog.getByLabel("Labels").fill(`subject = ${node}; alertname = node-silent`);
  await dialog.getByLabel("Wait for others").fill("0");
  await dialog.getByLabel("At most one in").fill("0");
  await dialog.getByRole("button", { name: "Make the route" }).click();
  await expect(dialog).toHaveCount(0);
}

/** The alerts of the node, put together: as a whole they get an owner, and lose him again. */
async function takeAndPutBackAsGroup(page: Page): Promise<void> {
  const grouping = page.getByLabel("Group by");
  const link = page.getByRole("grid", { name: "Groups of alerts" }).getByRole("link", { name: node });
  const group = page.getByRole("region", { name: "Group" });
  await grouping.selectOption("subject");
  await link.click();
  await expect(group.getByRole("heading", { name: node })).toBeVisible();
  await group.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Node silent" })).toHaveCount(0);

  await page.goto(`/${network}/alerts?tab=acknowledged&q=${node}&by=subject`);
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: node }) });
  await expect(row).toContainText("all have an owner");
  await link.click();
  await group.getByRole("button", { name: "Back to queue" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Node silent" })).toHaveCount(0);
  await page.goto(`/${network}/alerts?q=${node}`);
}

/** The focus goes to the row, `x` chooses it, `e` takes it. */
async function acknowledgeByKeyboard(page: Page, row: Locator): Promise<void> {
  await page.getByRole("textbox", { name: "Name or title" }).blur();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(row).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("x");
  await expect(row).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("e");
}

async function removeRoutes(page: Page, mark: string): Promise<void> {
  await page.goto(`/${network}/alerts?tab=routes`);
  for (const receiver of [`hook ${mark}`, `mail ${mark}`]) {
    await page.getByRole("button", { name: `Change to ${receiver}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: `Delete ${receiver}` }).click();
    await expect(page.getByRole("button", { name: `Delete ${receiver}` })).toHaveCount(0);
  }
}

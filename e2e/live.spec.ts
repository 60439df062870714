import type { Page } from "@playwright/test";
import { columnOf, expect, statusBar, test } from "./console-test.ts";
import { metricsHeaders } from "./stack/stack-facts.ts";

/** Sorted by name, so that only new figures change what is read. */
const list = "/mainnet/nodes?sort=name";
const fewRows = `${list}&q=lon1`;
const operations = (page: Page) => columnOf(page, "Ops/s");

async function expectMoving(page: Page): Promise<void> {
  const before = await operations(page);
  expect(before.length).toBeGreaterThan(10);
  await expect.poll(() => operations(page), { timeout: 5_000 }).not.toEqual(before);
}

test("the nodes list moves by itself, within seconds and without a reload", async ({ page }) => {
  await page.goto(list);
  await page.getByText("63 of 63").waitFor();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("nodes.list")) asked.push(request.url());
  });
  const startedAt = Date.now();
  for (let times = 0; times < 8; times += 1) await expectMoving(page);
  // Probes and verifications may make the list stale every two seconds (live/topics.ts); points come every second.
  const mayBeAsked = Math.ceil((Date.now() - startedAt) / 2_000) + 1;
  expect(asked.length, "points come over the socket, the list is not asked for them").toBeLessThanOrEqual(
    mayBeAsked,
  );
});

test("ten tabs are live at once over one socket", async ({ page, context }) => {
  // Ten pages that draw every second share two cores with the whole demo.
  test.setTimeout(400_000);
  await expect.poll(() => openSockets(page)).toBe(0);
  const more = await Promise.all(Array.from({ length: 9 }, () => context.newPage()));
  const tabs = [page, ...more];
  await Promise.all(tabs.map((tab) => tab.goto(fewRows)));
  for (const tab of tabs) await expect(statusBar(tab).getByText("Live", { exact: true })).toBeVisible();
  const before = await Promise.all(tabs.map(operations));
  for (const [at, tab] of tabs.entries()) await expect.poll(() => operations(tab)).not.toEqual(before[at]);
  expect(await openSockets(page)).toBe(1);
});

test("paused means that nothing moves; live loads what was missed and says so", async ({ page }) => {
  await page.goto(list);
  await page.getByText("63 of 63").waitFor();
  await expectMoving(page);
  await page.getByRole("button", { name: "Live", exact: true }).click();
  await expect(statusBar(page)).toContainText("Paused");
  const held = await operations(page);
  await expect(statusBar(page)).toContainText(/Paused\s*[4-9](\.\d)? s/);
  expect(await operations(page)).toEqual(held);
  await page.getByRole("button", { name: "Paused" }).click();
  await expect(statusBar(page)).toContainText(/missed \d+, loaded/);
  await expect.poll(() => operations(page)).not.toEqual(held);
});

test("where there is no shared worker a tab has a socket of its own", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  await page.goto(list);
  await expect(statusBar(page).getByText("Live", { exact: true })).toBeVisible();
  await expectMoving(page);
});

async function openSockets(page: Page): Promise<number> {
  // Of its own: a connection that was kept may just have been closed by the server after a minute without a request.
  const answer = await page.request.get("/metrics", {
    headers: { connection: "close", ...metricsHeaders() },
  });
  const metrics = await answer.text();
  return Number(/^console_live_sockets\{[^}]*\} (\d+)$/m.exec(metrics)?.[1]);
}

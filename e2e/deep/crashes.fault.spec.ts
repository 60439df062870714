import type { Page } from "@playwright/test";
import { columnOf, expect, statusBar, statusWarning, test } from "../console-test.ts";
import { killConsole } from "../stack/console-processes.ts";
import { localnet } from "../stack/localnet-command.ts";
import { storedRecords } from "../stack/stored-records.ts";

const list = "/mainnet/nodes?sort=name&q=lon1";
const healMs = 150_000;

test.describe.configure({ timeout: 420_000 });
/** A server that was killed refuses, breaks off, and cannot answer for a while; the browser says so in its console. */
test.use({ expectedComplaints: /Failed to load resource|WebSocket connection|Failed to fetch/ });

test("when the server is killed the page says so, comes back, fills the gap and tells what it missed", async ({
  page,
}) => {
  await openList(page);
  killConsole("web");
  await expect(statusBar(page)).toContainText("Reconnecting");
  const asked = page.waitForRequest((request) => request.url().includes("nodes.list"), { timeout: healMs });
  await expect(statusBar(page)).toContainText(/missed \d+, loaded/, { timeout: healMs });
  await asked;
  await expectWell(page);
});

test("kill -9 of every part, one after another, loses no record, and the console heals by itself", async ({
  page,
}) => {
  await openList(page);
  const before = await storedRecords();
  for (const [name, kill] of crashes)
    await test.step(name, async () => {
      const since = Date.now();
      await kill();
      await expectFlowing(since);
      await expectWell(page);
      process.stdout.write(`  ${name}: well again after ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
    });
  const after = await storedRecords();
  expect(after.taken).toBeGreaterThan(before.taken);
  expect(after.kept - before.kept, "every record that was taken from Kafka is kept").toBe(
    after.taken - before.taken,
  );
});

const crashes: readonly (readonly [name: string, kill: () => Promise<unknown>])[] = [
  ["web", async () => killConsole("web")],
  ["ingest", async () => killConsole("ingest")],
  ["the simulated nodes", () => localnet("kill", "simulation")],
  ["Kafka", () => localnet("kill", "kafka")],
  ["PostgreSQL", () => localnet("kill", "postgres")],
  [
    "PostgreSQL and the whole console at once",
    () => {
      killConsole("supervisor");
      return localnet("kill", "postgres");
    },
  ],
];

async function openList(page: Page): Promise<void> {
  await page.goto(list);
  await page.getByText("7 of 63").waitFor();
  await expectWell(page);
}

/** Records that were made after this moment are stored: the whole road works again. */
async function expectFlowing(since: number): Promise<void> {
  await expect(async () => {
    const { newestAt } = await storedRecords();
    expect(newestAt).toBeGreaterThan(since + 1_000);
  }).toPass({ timeout: healMs, intervals: [500] });
}

/** Nobody touches the page: it finds back by itself. */
async function expectWell(page: Page): Promise<void> {
  await expect(statusBar(page).getByText("Live", { exact: true })).toBeVisible({ timeout: healMs });
  await expect(statusWarning(page)).toHaveCount(0, { timeout: healMs });
  const before = await columnOf(page, "Ops/s");
  expect(before).toHaveLength(7);
  await expect.poll(() => columnOf(page, "Ops/s"), { timeout: healMs }).not.toEqual(before);
}

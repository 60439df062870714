import { readFileSync } from "node:fs";
import { expect, test } from "./console-test.ts";
import { localnet } from "./stack/localnet-command.ts";
import { stopwatch } from "./stopwatch.ts";

/** Two scrapes and a round of the rules; after a fresh start that is most of a minute. */
const recordedMs = 120_000;
/** Alertmanager gathers for 10 s, and tells of an end half a minute later; the console asks every 15 s. */
const toldMs = 120_000;
/** What ended before Alertmanager told of it is found gone when it is asked, from five minutes after its start on. */
const goneMs = 360_000;
const rules = new URL("../deploy/prometheus/rules/console.yml", import.meta.url);
const alertname = `Journey${Date.now().toString(36)}`;

/** Null where the demo has not found it on this machine. */
async function addressOf(part: "Prometheus" | "Alertmanager"): Promise<string | null> {
  const line = (await localnet("status")).find((text) => text.startsWith(`${part}: `));
  return line?.slice(part.length + 2) ?? null;
}

const missing =
  "Prometheus and Alertmanager are not installed (Debian: prometheus, prometheus-alertmanager).";

test("the real Prometheus has every series that the console's rules record", async ({ request }) => {
  test.setTimeout(recordedMs + 60_000);
  const prometheus = await addressOf("Prometheus");
  test.skip(prometheus === null, missing);
  const recorded = [...readFileSync(rules, "utf8").matchAll(/- record: (\S+)/g)].map(([, name]) => name);
  expect(recorded).toHaveLength(5);
  const absent = async () => {
    const answers = await Promise.all(
      recorded.map(async (name) => {
        const answer = await request.get(`${prometheus}/api/v1/query?query=${name}`);
        const { data } = (await answer.json()) as { data: { result: unknown[] } };
        return data.result.length === 0 ? [name] : [];
      }),
    );
    return answers.flat();
  };
  await expect.poll(absent, { timeout: recordedMs }).toEqual([]);
});

test("an alert of the real Alertmanager comes into the queue, and leaves it when it is over", async ({
  page,
  request,
}) => {
  test.setTimeout(toldMs + goneMs + 60_000);
  const alertmanager = await addressOf("Alertmanager");
  test.skip(alertmanager === null, missing);
  const tellAlertmanager = async (endsInMs: number) => {
    const alert = {
      labels: { alertname, ddc_network: "testnet", severity: "warning" },
      annotations: { summary: `${alertname} is tried` },
      endsAt: new Date(Date.now() + endsInMs).toISOString(),
    };
    expect((await request.post(`${alertmanager}/api/v2/alerts`, { data: [alert] })).ok()).toBe(true);
  };
  const tell = stopwatch();
  await tellAlertmanager(600_000);
  try {
    await page.goto(`/testnet/alerts?q=${alertname}`);
    const row = page.getByRole("row").filter({ hasText: `${alertname} is tried` });
    await expect(row).toBeVisible({ timeout: toldMs });
    await expect(row).toContainText("Alertmanager");
    tell("in the queue");
    await tellAlertmanager(0);
    await expect(row).toHaveCount(0, { timeout: goneMs });
    tell("resolved");
  } finally {
    await tellAlertmanager(0);
  }
  // The sign of life is heard, and is nothing to work on.
  await page.goto("/mainnet/alerts?q=Watchdog");
  await expect(page.getByRole("row").filter({ hasText: "Prometheus and Alertmanager reach" })).toHaveCount(0);
  await page.goto("/settings/sources");
  const sources = page.getByRole("table").filter({ hasText: "Watchdog heard" });
  await expect(sources.getByText("reached", { exact: true })).toHaveCount(3);
  await expect(sources).not.toContainText("never heard");
});

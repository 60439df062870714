import { expect, statusWarning, test } from "../console-test.ts";
import { pauseConsole, resumeConsole } from "../stack/console-processes.ts";

/** The supervisor would end a process that hangs, and start another. */
const standStill = () => {
  pauseConsole("supervisor");
  pauseConsole("ingest");
};
const goOn = () => {
  resumeConsole("ingest");
  resumeConsole("supervisor");
};

test.afterEach(goOn);

test("within a minute of the evaluator's standstill every page says that nobody watches, until it goes on", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await Promise.all([page.goto("/mainnet/alerts"), other.goto("/mainnet/nodes")]);
  standStill();
  const since = Date.now();
  const banner = page.getByText("Alerts cannot be trusted.");
  await expect(banner).toBeVisible({ timeout: 60_000 });
  await expect(statusWarning(other).filter({ hasText: /nobody is watching/ })).toBeVisible({
    timeout: 60_000 - (Date.now() - since),
  });
  process.stdout.write(`  the standstill is told after ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
  goOn();
  await expect(banner).toHaveCount(0, { timeout: 90_000 });
});

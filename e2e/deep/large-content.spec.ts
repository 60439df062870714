import type { Page } from "@playwright/test";
import { bigPieces } from "../../localnet/content/big-pieces.ts";
import { textOf } from "../../localnet/content/content-id.ts";
import { largeDirectories } from "../../localnet/content/large-directories.ts";
import { showcaseBucket } from "../../localnet/network/local-network.ts";
import { expect, test } from "../console-test.ts";
import { highestMemoryOf, rendererMemory, webMemory } from "../stack/process-memory.ts";
import { stopwatch } from "../stopwatch.ts";

const mostGrowthMb = 64;

test.beforeEach(() => test.setTimeout(300_000));

test("a directory of 250,000 entries in one node shows its first rows at once, and scrolls", async ({
  page,
}) => {
  const tell = stopwatch();
  await page.goto(await addressOf("huge"));
  const links = page.getByRole("grid", { name: "Links" });
  await expect(links.getByRole("row").nth(5)).toBeVisible();
  tell("first rows of 250,000");
  await expect(page.getByText("250,000 in one node")).toBeVisible({ timeout: 60_000 });
  tell("all read");
  await tellFrames(page, "250,000 rows");
});

test("a directory of a million entries opens node by node", async ({ page }) => {
  const tell = stopwatch();
  await page.goto(await addressOf("million"));
  const links = page.getByRole("grid", { name: "Links" });
  await expect(page.getByText("1,000 in one node")).toBeVisible();
  tell("its thousand nodes");
  for (const part of [0, 1, 2]) {
    const row = links.getByRole("row", { name: new RegExp(`part-00${part}`) });
    await row.focus();
    await row.press("ArrowRight");
    await expect(page.getByText(new RegExp(`${part + 1},000 below opened nodes`))).toBeVisible();
    await row.press("ArrowLeft");
    await row.press("ArrowRight");
  }
  tell("three of them opened by keyboard");
  await tellFrames(page, "4,000 rows");
});

test("a gibibyte is verified with flat memory in the server and in the browser", async ({ page }) => {
  const piece = bigPieces.find(({ size }) => size === 2 ** 30);
  if (!piece) throw new Error("The local network has no piece of a gibibyte.");
  await page.goto(`/mainnet/data/cids/${piece.cid}?bucket=${showcaseBucket}`);
  const verify = page.getByRole("button", { name: "Verify", exact: true });
  await expect(verify).toBeEnabled();
  const before = { web: webMemory(), renderer: rendererMemory() };
  const tell = stopwatch();
  const highest = highestMemoryOf({ web: webMemory, renderer: rendererMemory });
  await verify.click();
  await expect(page.getByText("Intact.")).toBeVisible({ timeout: 240_000 });
  tell("verified");
  const { web, renderer } = highest.stop();
  const grew = { web: web - before.web, renderer: renderer - before.renderer };
  process.stdout.write(
    `  memory grew by ${grew.web.toFixed(0)} MB in the server, ${grew.renderer.toFixed(0)} MB in the browser\n`,
  );
  expect(grew.web).toBeLessThan(mostGrowthMb);
  expect(grew.renderer).toBeLessThan(mostGrowthMb);
});

async function addressOf(name: string): Promise<string> {
  const root = (await largeDirectories()).roots.find((stored) => stored.name === name);
  if (!root) throw new Error(`The local network has no directory ${name}.`);
  return `/mainnet/data/cids/${textOf(root.cid)}?bucket=${showcaseBucket}`;
}

/** Not judged: how smooth it is depends on who else uses the machine. */
async function tellFrames(page: Page, what: string): Promise<void> {
  const times = await page.getByRole("grid", { name: "Links" }).evaluate(scrollAway);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number) => (sorted[Math.floor(q * sorted.length)] ?? Number.NaN).toFixed(1);
  process.stdout.write(`  ${what} scrolled: frames p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`);
  expect(times.length).toBeGreaterThan(30);
}

/** Runs in the page, for five seconds. Time between frames, while the list is moved in each. */
function scrollAway(grid: Element): Promise<number[]> {
  const scroller = [grid, ...grid.querySelectorAll("div")]
    .filter((element) => element.scrollHeight > element.clientHeight)
    .sort((a, b) => b.scrollHeight - a.scrollHeight)[0];
  if (!scroller) throw new Error("The list does not scroll.");
  return new Promise((resolve) => {
    const times: number[] = [];
    let last = performance.now();
    const end = last + 5_000;
    const frame = (now: number) => {
      times.push(now - last);
      last = now;
      scroller.scrollTop += 60;
      if (now < end) requestAnimationFrame(frame);
      else resolve(times.slice(1));
    };
    requestAnimationFrame(frame);
  });
}

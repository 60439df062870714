import type { Page } from "@playwright/test";
import { bigPieces } from "../../localnet/content/big-pieces.ts";
import { textOf } from "../../localnet/content/content-id.ts";
import { largeDirectories } from "../../localnet/content/large-directories.ts";
import { showcaseBucket } from "../../localnet/network/local-network.ts";
import { expect, test } from "../console-test.ts";
import { highestMemoryOf, rendererMemory, webMemory } from "../stack/process-memory.ts";
import { stopwatch } from "../stopwatch.ts";

const mostGrowthMb = {
  web: 64,
  // The bytes themselves are read into one buffer; what the browser's network stack makes of them waits for a collector
  // that sees no need on a machine with free memory: 65 to 105 MB were seen, whatever the size.
  renderer: 192,
};

test.beforeEach(() => test.setTimeout(300_000));

test("a directory of 250,000 entries in one node shows its first rows at once, and scrolls", async ({
  page,
}) => {
  const address = await addressOf("huge", page);
  const tell = stopwatch();
  await page.goto(address);
  const links = page.getByRole("grid", { name: "Links" });
  await expect(links.getByRole("row").nth(5)).toBeVisible();
  tell("first rows of 250,000");
  await expect(page.getByText("250,000 in one node")).toBeVisible({ timeout: 60_000 });
  tell("all read");
  await tellFrames(page, "250,000 rows");
});

test("a directory of a million entries opens node by node", async ({ page }) => {
  const address = await addressOf("million", page);
  const tell = stopwatch();
  await page.goto(address);
  const links = page.getByRole("grid", { name: "Links" });
  await expect(page.getByText("1,000 in one node")).toBeVisible();
  tell("its thousand nodes");
  // The lowest first: what opens pushes the others down.
  for (const [opened, part] of [2, 1, 0].entries()) {
    const row = links.getByRole("row", { name: new RegExp(`part-00${part}`) });
    await row.focus();
    await row.press("ArrowRight");
    await expect(page.getByText(`${opened + 1},000 below opened nodes`)).toBeVisible();
  }
  await links.getByRole("row", { name: /part-000/ }).press("ArrowLeft");
  await expect(page.getByText("2,000 below opened nodes")).toBeVisible();
  tell("three of them opened by keyboard, and one closed");
  await tellFrames(page, "3,000 rows");
});

test("a gibibyte is verified with flat memory in the server and in the browser", async ({ page }) => {
  // What both need for any piece at all is there after the first.
  await (await openPiece(page, "piece-256-mib.bin")).verify();
  const piece = await openPiece(page, "piece-1-gib.bin");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const before = { web: webMemory(), renderer: rendererMemory() };
  const tell = stopwatch();
  const highest = highestMemoryOf({ web: webMemory, renderer: rendererMemory });
  await piece.verify();
  tell("verified");
  const { web, renderer } = highest.stop();
  const grew = { web: web - before.web, renderer: renderer - before.renderer };
  process.stdout.write(
    `  memory grew by ${grew.web.toFixed(0)} MB in the server, ${grew.renderer.toFixed(0)} MB in the browser\n`,
  );
  expect(grew.web).toBeLessThan(mostGrowthMb.web);
  expect(grew.renderer).toBeLessThan(mostGrowthMb.renderer);
});

/** Known to be there: the local network makes its large directories when they are first asked for. */
async function addressOf(name: string, page: Page): Promise<string> {
  const root = (await largeDirectories()).roots.find((stored) => stored.name === name);
  if (!root) throw new Error(`The local network has no directory ${name}.`);
  const cid = textOf(root.cid);
  const content = `/api/content/mainnet/${showcaseBucket}/${cid}`;
  await expect(async () => expect((await page.request.get(content)).status()).toBe(200)).toPass({
    timeout: 120_000,
  });
  return `/mainnet/data/cids/${cid}?bucket=${showcaseBucket}`;
}

async function openPiece(page: Page, name: string): Promise<{ verify(): Promise<void> }> {
  const piece = bigPieces.find((candidate) => candidate.name === name);
  if (!piece) throw new Error(`The local network has no piece ${name}.`);
  await page.goto(`/mainnet/data/cids/${piece.cid}?bucket=${showcaseBucket}`);
  const button = page.getByRole("button", { name: "Verify", exact: true });
  await expect(button).toBeEnabled();
  const verify = async () => {
    await button.click();
    await expect(page.getByText("Intact.")).toBeVisible({ timeout: 240_000 });
  };
  return { verify };
}

/** Not judged: how smooth it is depends on who else uses the machine. */
async function tellFrames(page: Page, what: string): Promise<void> {
  const times = await page.evaluate(scrollAway);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number) => (sorted[Math.floor(q * sorted.length)] ?? Number.NaN).toFixed(1);
  process.stdout.write(`  ${what} scrolled: frames p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`);
  expect(times.length).toBeGreaterThan(30);
}

/** Runs in the page, for five seconds. Time between frames, while the list is moved in each. */
function scrollAway(): Promise<number[]> {
  const scroller = [...document.querySelectorAll("div")]
    .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY))
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

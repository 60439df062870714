import { type CDPSession, chromium } from "@playwright/test";
import { chromiumLaunch } from "../../e2e/stack/chromium-launch.ts";

export type FrameFigures = { frameMsP95: number };
type Options = {
  baseUrl: string;
  cookie: string;
  /** The page whose list is scrolled. */
  path: string;
  seconds: number;
  say: (line: string) => void;
};
type Frames = { times: number[]; rows: number; updates: number };

/** A real list in Chromium, scrolled up and down while it lives. */
export async function measureFrames({ baseUrl, cookie, path, seconds, say }: Options): Promise<FrameFigures> {
  const browser = await chromium.launch(await chromiumLaunch());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const [name = "", ...value] = cookie.split("=");
    await context.addCookies([{ name, value: value.join("="), url: baseUrl }]);
    const page = await context.newPage();
    await page.goto(`${baseUrl}${path}`);
    await page.locator("tbody [role=row], tbody tr").nth(10).waitFor({ timeout: 30_000 });
    // The first points have arrived, and what a page does once after loading is over.
    await page.waitForTimeout(5_000);
    const idle = inOrder((await page.evaluate(recordFrames, { seconds: 5, pixelsPerFrame: 0 })).times);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const before = await mainThreadSeconds(session);
    const { times, rows, updates } = await page.evaluate(recordFrames, { seconds, pixelsPerFrame: 40 });
    const after = await mainThreadSeconds(session);
    const sorted = inOrder(times);
    const parts = work.map(
      (name, at) => `${name} ${round1((((after[at] ?? 0) - (before[at] ?? 0)) * 1_000) / sorted.length)} ms`,
    );
    say(`processor time of the page's main thread a frame: ${parts.join(", ")}`);
    say(`list at rest: p95 ${round1(quantile(idle, 0.95))} ms over ${idle.length} frames`);
    say(
      `list scrolled: p50 ${round1(quantile(sorted, 0.5))} ms, p95 ${round1(quantile(sorted, 0.95))} ms, p99 ${round1(quantile(sorted, 0.99))} ms, ` +
        `slowest ${round1(sorted.at(-1) ?? 0)} ms over ${sorted.length} frames of ${seconds} s; ${rows} rows, ${updates} changes of text seen`,
    );
    return { frameMsP95: round1(quantile(sorted, 0.95)) };
  } finally {
    await browser.close();
  }
}

const work = ["TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"] as const;

/** What the thread itself used, whatever else the machine does. */
async function mainThreadSeconds(session: CDPSession): Promise<number[]> {
  const { metrics } = await session.send("Performance.getMetrics");
  return work.map((name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN);
}

/** Runs in the page. Time between frames, while the list is moved a little in each. */
function recordFrames({
  seconds,
  pixelsPerFrame,
}: {
  seconds: number;
  pixelsPerFrame: number;
}): Promise<Frames> {
  const scroller = [...document.querySelectorAll("div")]
    .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY))
    .sort((a, b) => b.scrollHeight - a.scrollHeight)[0];
  if (!scroller) throw new Error("The list does not scroll.");
  const rows = Number(document.querySelector("[aria-rowcount]")?.getAttribute("aria-rowcount") ?? 0) - 1;
  let updates = 0;
  const observer = new MutationObserver((changes) => {
    updates += changes.filter(({ type }) => type === "characterData").length;
  });
  observer.observe(scroller, { subtree: true, characterData: true });
  return new Promise((resolve) => {
    const times: number[] = [];
    let last = performance.now();
    const end = last + seconds * 1_000;
    let direction = 1;
    const frame = (now: number) => {
      times.push(now - last);
      last = now;
      if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2) direction = -1;
      if (scroller.scrollTop <= 0) direction = 1;
      scroller.scrollTop += direction * pixelsPerFrame;
      if (now < end) return void requestAnimationFrame(frame);
      observer.disconnect();
      resolve({ times: times.slice(1), rows, updates });
    };
    requestAnimationFrame(frame);
  });
}

function inOrder(times: readonly number[]): number[] {
  return [...times].sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}

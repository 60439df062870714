import { gzipSync } from "node:zlib";
import type { APIRequestContext, BrowserContext } from "@playwright/test";
import { consolePages } from "./console-pages.ts";
import { expect, test } from "./console-test.ts";

const budgetKb = 170;

type Loaded = { url: string; isNamedByDocument: boolean };

/**
 * What a browser without a cache loads because the document names it is what stands between the address and a page that
 * works. Parts that its code asks for later (charts, palette, popups) are told, not limited.
 */
test("no route's document makes the browser load more than 170 KB of gzipped JavaScript", async ({
  context,
}) => {
  // Some seconds for each of half a hundred pages.
  test.setTimeout(600_000);
  await expectWithinBudget(
    context,
    consolePages.map(({ path }) => path),
  );
});

test.describe("by a stranger", () => {
  test.use({ role: "nobody" });

  test("nor does the sign-in page", ({ context }) => expectWithinBudget(context, ["/sign-in"]));
});

async function expectWithinBudget(context: BrowserContext, paths: readonly string[]): Promise<void> {
  const sizeOf = rememberedSizes(context.request);
  const tooLarge: string[] = [];
  for (const path of paths) {
    const scripts = await scriptsOf(context, path);
    const named = await sum(
      scripts.filter(({ isNamedByDocument }) => isNamedByDocument),
      sizeOf,
    );
    const all = await sum(scripts, sizeOf);
    const told = `${path.replace(/0x[0-9a-f]{8,}/g, "0x…")}: ${named} KB, ${all} KB with what joins in`;
    process.stdout.write(`  ${told}\n`);
    expect(named, path).toBeGreaterThan(0);
    if (named > budgetKb) tooLarge.push(told);
  }
  expect(tooLarge).toEqual([]);
}

/** Every script that the browser asks for while the page loads, and whether the document or other code named it. */
async function scriptsOf(context: BrowserContext, path: string): Promise<Loaded[]> {
  const page = await context.newPage();
  const browser = await context.newCDPSession(page);
  const scripts = new Map<string, Loaded>();
  browser.on("Network.requestWillBeSent", ({ type, initiator, request: { url } }) => {
    if (type === "Script") scripts.set(url, { url, isNamedByDocument: initiator.type === "parser" });
  });
  await browser.send("Network.enable");
  await browser.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.close();
  return [...scripts.values()];
}

function rememberedSizes(request: APIRequestContext): (url: string) => Promise<number> {
  const sizes = new Map<string, Promise<number>>();
  const measure = async (url: string) => gzipSync(await (await request.get(url)).body()).length;
  return (url) => {
    const size = sizes.get(url) ?? measure(url);
    sizes.set(url, size);
    return size;
  };
}

async function sum(scripts: readonly Loaded[], sizeOf: (url: string) => Promise<number>): Promise<number> {
  const sizes = await Promise.all(scripts.map(({ url }) => sizeOf(url)));
  return Math.round(sizes.reduce((total, size) => total + size, 0) / 1024);
}

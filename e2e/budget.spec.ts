import { gzipSync } from "node:zlib";
import type { APIRequestContext, BrowserContext } from "@playwright/test";
import { consolePages } from "./console-pages.ts";
import { expect, test } from "./console-test.ts";

const budgetKb = 170;

/**
 * What a browser without a cache loads because the document names it is what stands between the address and a page that
 * works. Parts that its code asks for later (charts, palette, popups) are not limited.
 */
test("no route's document makes the browser load more than 170 KB of gzipped JavaScript", async ({
  context,
}) => {
  await expectWithinBudget(
    context.request,
    consolePages.map(({ path }) => path),
  );
});

test("the scripts that are counted are those that a browser loads", async ({ context }) => {
  const { path } = consolePages[0] ?? { path: "/" };
  const loaded = await scriptsLoadedFor(context, path);
  expect(await scriptsNamedBy(context.request, path)).toEqual(loaded);
});

test.describe("by a stranger", () => {
  test.use({ role: "nobody" });

  test("nor does the sign-in page", ({ context }) => expectWithinBudget(context.request, ["/sign-in"]));
});

async function expectWithinBudget(request: APIRequestContext, paths: readonly string[]): Promise<void> {
  const sizeOf = rememberedSizes(request);
  const tooLarge: string[] = [];
  for (const path of paths) {
    const sizes = await Promise.all((await scriptsNamedBy(request, path)).map(sizeOf));
    const named = Math.round(sizes.reduce((total, size) => total + size, 0) / 1024);
    const told = `${path.replace(/0x[0-9a-f]{8,}/g, "0x…")}: ${named} KB`;
    process.stdout.write(`  ${told}\n`);
    expect(named, path).toBeGreaterThan(0);
    if (named > budgetKb) tooLarge.push(told);
  }
  expect(tooLarge).toEqual([]);
}

/** Addresses of the scripts in a route's document, in alphabetical order; but those for browsers without modules. */
async function scriptsNamedBy(request: APIRequestContext, path: string): Promise<string[]> {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  const tags = (await answer.text()).match(/<script\s[^>]*>/g) ?? [];
  const named = tags
    .filter((tag) => !/\snomodule\b/i.test(tag))
    .flatMap((tag) => /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  return [...new Set(named.map((source) => new URL(source, answer.url()).href))].sort();
}

async function scriptsLoadedFor(context: BrowserContext, path: string): Promise<string[]> {
  const page = await context.newPage();
  const browser = await context.newCDPSession(page);
  const scripts = new Set<string>();
  browser.on("Network.requestWillBeSent", ({ type, initiator, request: { url } }) => {
    if (type === "Script" && initiator.type === "parser") scripts.add(url);
  });
  await browser.send("Network.enable");
  await browser.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.close();
  return [...scripts].sort();
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

import { gzipSync } from "node:zlib";
import type { APIRequestContext, Page } from "@playwright/test";

/** Kilobytes, gzipped, of what a route's document may name: it stands between the address and a page that works. */
export const budgetKb = 170;

/** Kilobytes, gzipped: what the document names, and with that what its code asks for later (charts, palette, popups). */
export type ScriptWeight = { named: number; all: number };

type Loaded = { url: string; isNamed: boolean };

const sizes = new Map<string, Promise<number>>();

/** Watches what scripts the browser asks for from now on. A page of a new context has nothing in its cache. */
export async function watchScripts(page: Page): Promise<() => Promise<ScriptWeight>> {
  const browser = await page.context().newCDPSession(page);
  const scripts = new Map<string, Loaded>();
  browser.on("Network.requestWillBeSent", ({ type, initiator, request: { url } }) => {
    if (type === "Script") scripts.set(url, { url, isNamed: initiator.type === "parser" });
  });
  await browser.send("Network.enable");
  return async () => {
    await browser.detach();
    const loaded = [...scripts.values()];
    const weighAll = (some: readonly Loaded[]) =>
      weigh(
        page.request,
        some.map(({ url }) => url),
      );
    const [named, all] = await Promise.all([
      weighAll(loaded.filter(({ isNamed }) => isNamed)),
      weighAll(loaded),
    ]);
    return { named, all };
  };
}

/** Kilobytes, gzipped, of the scripts in a route's document, but those for browsers without modules. */
export async function documentWeight(request: APIRequestContext, path: string): Promise<number> {
  const answer = await request.get(path);
  const ledTo = new URL(answer.url()).pathname;
  if (!answer.ok()) throw new Error(`${path} answers ${answer.status()}`);
  if (ledTo === "/sign-in" && path !== ledTo) throw new Error(`${path} leads to ${ledTo}`);
  const tags = (await answer.text()).match(/<script\s[^>]*>/g) ?? [];
  const named = tags
    .filter((tag) => !/\snomodule\b/i.test(tag))
    .flatMap((tag) => /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  return weigh(
    request,
    [...new Set(named)].map((source) => new URL(source, answer.url()).href),
  );
}

async function weigh(request: APIRequestContext, urls: readonly string[]): Promise<number> {
  const weights = await Promise.all(urls.map((url) => sizeOf(request, url)));
  return Math.round(weights.reduce((total, size) => total + size, 0) / 1024);
}

function sizeOf(request: APIRequestContext, url: string): Promise<number> {
  const known =
    sizes.get(url) ?? request.get(url).then(async (answer) => gzipSync(await answer.body()).length);
  sizes.set(url, known);
  return known;
}

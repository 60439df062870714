import { gzipSync } from "node:zlib";
import type { APIRequestContext, Page } from "@playwright/test";

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
    const [named, all] = await Promise.all([
      weigh(
        page.request,
        loaded.filter(({ isNamed }) => isNamed),
      ),
      weigh(page.request, loaded),
    ]);
    return { named, all };
  };
}

async function weigh(request: APIRequestContext, scripts: readonly Loaded[]): Promise<number> {
  const weights = await Promise.all(scripts.map(({ url }) => sizeOf(request, url)));
  return Math.round(weights.reduce((total, size) => total + size, 0) / 1024);
}

function sizeOf(request: APIRequestContext, url: string): Promise<number> {
  const known =
    sizes.get(url) ?? request.get(url).then(async (answer) => gzipSync(await answer.body()).length);
  sizes.set(url, known);
  return known;
}

import type { ServerResponse } from "node:http";
import { type Browser, chromium, type Frame, type Page } from "@playwright/test";
import type { JSONWebKeySet } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunch } from "../../../e2e/stack/chromium-launch.ts";
import { grafanaKeyOf } from "../../adapters/grafana/grafana-key.ts";
import { revokeSessionsOf } from "../../features/identity/revoke-sessions-of.ts";
import { eventually } from "../../live/testing/eventually.ts";
import { adminCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { type GrafanaStandIn, openGrafanaStandIn } from "../../testing/grafana/grafana-stand-in.ts";
import {
  type FrameConsole,
  frameSecret,
  freePort,
  openFrameConsole,
} from "../../testing/grafana/open-frame-console.ts";
import { pageRoute } from "../page-route.ts";

const readKeySet = async (): Promise<JSONWebKeySet> =>
  JSON.parse(JSON.stringify(grafanaKeyOf(frameSecret).keySet));

/** In Chromium, on a page of the console with a page of the stand-in in its frame. */
describe("a frame in a real browser", () => {
  let db: TestDatabase;
  let grafana: GrafanaStandIn;
  let frames: FrameConsole;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    db = await testDatabase();
    const port = await freePort();
    origin = `http://mainnet.grafana.localhost:${port}`;
    grafana = await openGrafanaStandIn({ rootUrl: null, readKeySet });
    const pages = pageRoute(aPage, { isDevelopment: false, frameOrigins: [origin] });
    frames = await openFrameConsole({ db, upstream: grafana.url, routes: [pages], port });
    browser = await chromium.launch(await chromiumLaunch());
  });
  afterAll(async () => {
    await browser.close();
    await frames[Symbol.asyncDispose]();
    await grafana.stop();
    await db.close();
  });

  const openFrame = async () => {
    const { actor, personId } = await frames.somebody();
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${frames.home}/mainnet/dashboards`);
    const entered = await page.evaluate(enterFrame, {
      origin,
      ticket: await frames.ticketOf(actor, "mainnet"),
    });
    expect(entered).toBe(204);
    await eventually(() => heardBy(page)).toContain("grafana:ready");
    const frame = page.frames()[1];
    if (!frame) throw new Error("There is no frame.");
    const revoke = () => revokeSessionsOf(adminCtx(db), { personId, reason: "gone" });
    return { page, frame, revoke, close: () => page.context().close() };
  };

  it("follows twenty changes of the range in one second without loading again", async () => {
    const { page, frame, close } = await openFrame();
    await eventually(() => textOf(frame, "#asked")).toBe("1");
    await page.evaluate(moveTwentyTimes, origin);
    await eventually(() => textOf(frame, "#asked")).toBe("21");
    const place = new URLSearchParams((await textOf(frame, "#place")) ?? "");
    expect(place.getAll("from")).toEqual(["now-20h"]);
    expect(place.getAll("var-cluster")).toEqual(["a&b", "c"]);
    expect(place.get("kiosk")).toBe("1");
    expect(await dataOf(frame, "loads")).toBe("1");
    expect(await dataOf(frame, "status")).toBe("200");
    expect(await page.evaluate(() => history.length)).toBe(2);
    await close();
  });

  it("takes a place from the console's page only, and nothing but time and variables", async () => {
    const { page, frame, close } = await openFrame();
    await eventually(() => textOf(frame, "#asked")).toBe("1");
    const message = { kind: "grafana:place", search: [["from", "now-99h"]] };
    await frame.evaluate((own) => window.postMessage(own, "*"), message);
    await page.evaluate(
      ([to]) => {
        const post = (search: unknown) =>
          window.frames[0]?.postMessage({ kind: "grafana:place", search }, to ?? "");
        post([["orgId", "2"]]);
        post([
          ["from", "now-9h"],
          ["auth_token", "x"],
        ]);
        post("from");
        post([["from", 5]]);
        post([["to", "now-1h"]]);
      },
      [origin],
    );
    await eventually(() => textOf(frame, "#asked")).toBe("2");
    expect(await textOf(frame, "#place")).toContain("to=now-1h");
    expect(await textOf(frame, "#place")).not.toMatch(/orgId|auth_token|now-9/);
    await close();
  });

  it("cannot read the console's page, and no other site can frame it", async () => {
    const { page, frame, close } = await openFrame();
    await expect(frame.evaluate(() => parent.document.title)).rejects.toThrow(/cross-origin|Blocked/);
    await page.goto(`${grafana.url}d-foreign`);
    await page.setContent(`<iframe src="${origin}/d/cere-nodes"></iframe>`);
    await eventually(() => page.frames()[1]?.url()).toMatch(/chrome-error|about:blank/);
    await close();
  });

  it("loses its content and its sockets with the sign-in, and tells the console", async () => {
    const { page, frame, revoke, close } = await openFrame();
    await eventually(async () => Number(await textOf(frame, "#live"))).toBeGreaterThan(0);
    await revoke();
    await eventually(() => heardBy(page)).toContain("grafana:ended");
    await eventually(() => page.frames()[1]?.url()).toBe("about:blank");
    await eventually(grafana.sockets).toBe(0);
    await close();
  });
});

async function aPage(_request: unknown, response: ServerResponse): Promise<void> {
  response.setHeader("content-type", "text/html");
  response.end("<!doctype html><title>console</title><body></body>");
}

/** What the console's own page does, in the browser. */
async function enterFrame({ origin, ticket }: { origin: string; ticket: string }): Promise<number> {
  const heard: string[] = [];
  Reflect.set(window, "heard", heard);
  addEventListener("message", (event) => {
    if (event.origin === origin) heard.push(event.data.kind);
  });
  const answer = await fetch(`${origin}/-/enter`, { method: "POST", body: ticket, credentials: "include" });
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
  frame.src = `${origin}/d/cere-nodes?from=now-1h&to=now&var-cluster=a&kiosk=1`;
  document.body.append(frame);
  return answer.status;
}

async function moveTwentyTimes(origin: string): Promise<void> {
  for (let hours = 1; hours <= 20; hours += 1) {
    const search = [
      ["from", `now-${hours}h`],
      ["to", "now"],
      ["var-cluster", "a&b"],
      ["var-cluster", "c"],
    ];
    window.frames[0]?.postMessage({ kind: "grafana:place", search }, origin);
    await new Promise((resolve) => setTimeout(resolve, 45));
  }
}

function heardBy(page: Page): Promise<string[]> {
  return page.evaluate(() => Reflect.get(window, "heard"));
}

function textOf(frame: Frame, selector: string): Promise<string | null> {
  return frame.textContent(selector, { timeout: 10_000 });
}

function dataOf(frame: Frame, name: string): Promise<string | undefined> {
  return frame.evaluate((key) => document.body.dataset[key], name);
}

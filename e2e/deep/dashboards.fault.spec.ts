import type { Page } from "@playwright/test";
import type { JSONWebKeySet } from "jose";
import { findFreePort } from "../../localnet/processes/free-port.ts";
import { openGrafanaStandIn, type StandInOptions } from "../../server/testing/grafana/grafana-stand-in.ts";
import { expect, test } from "../console-test.ts";
import { startSecondConsole } from "../stack/second-console.ts";
import { stopwatch } from "../stopwatch.ts";

/** The journey takes the server away on which the frame stands. */
test.use({ expectedComplaints: /mainnet\.grafana\.localhost|Failed to load resource/ });

test("when Grafana goes away the console draws its panels, and Grafana is back when it is", async ({
  page,
}) => {
  const tell = stopwatch();
  const port = await findFreePort(3_740);
  const readKeySet = async () => {
    const answer = await fetch(`http://localhost:${port}/.well-known/grafana-jwks.json`);
    return (await answer.json()) as JSONWebKeySet;
  };
  const answers: NonNullable<StandInOptions["answers"]> = {};
  const openGrafana = (at = 0) => openGrafanaStandIn({ rootUrl: null, readKeySet, answers, port: at });
  let grafana = await openGrafana();
  const at = Number(grafana.url.port);
  await using second = await startSecondConsole(port, {
    GRAFANA_URL: grafana.url.href,
    GRAFANA_PUBLIC_HOST: "grafana.localhost",
    GRAFANA_ORGS: "mainnet:1",
  });
  tell("a console with Grafana runs");
  await noteFirstChart(page);
  await page.goto(`${second.url}/mainnet/dashboards`);
  await expectGrafana(page);
  tell("Grafana's page is shown");

  // The page is open when it goes away, and when it comes back: the first time by code that has just been loaded.
  for (let time = 1; time <= 3; time++) {
    await lookForChart(page);
    await grafana.stop();
    await expectOwnCharts(page);
    say("Grafana stops, the page is open", await firstChartMs(page));
    await expect(page.getByRole("status").getByText("Grafana cannot be reached.")).toBeVisible();
    grafana = await openGrafana(at);
    await expectGrafana(page);
    tell("Grafana is back by itself");
  }

  // A page is opened when it does not answer, and when nobody is there.
  answers["/api/health"] = () => {};
  answers["/d/cere-nodes"] = () => {};
  await page.reload();
  await expectOwnCharts(page);
  say("Grafana hangs, a page is opened", await firstChartMs(page));
  await expect(page.getByRole("status").getByText("Grafana did not answer within 1 s.")).toBeVisible();
  await grafana.stop();
  await page.reload();
  await expectOwnCharts(page);
  say("Grafana is stopped, a page is opened", await firstChartMs(page));

  // Paused pages hear nothing by themselves.
  await page.getByRole("button", { name: "Live", exact: true }).click();
  await expect(page.getByRole("button", { name: "Paused" })).toBeVisible();
  for (const path of Object.keys(answers)) delete answers[path];
  await using healed = await openGrafana(at);
  await page.getByRole("button", { name: "Try now" }).click();
  await expectGrafana(page);
  expect(new Set(healed.seen.flatMap(({ user }) => user?.networks ?? []))).toEqual(new Set(["mainnet"]));
});

const frameOf = (page: Page) => page.locator("iframe");
const ownChart = ".chart-plot .recharts-curve";

async function expectGrafana(page: Page): Promise<void> {
  const main = page.getByRole("main");
  await expect(frameOf(page)).toHaveAttribute("data-phase", "shown");
  await expect(main.getByText("Grafana 12.4.11", { exact: true })).toBeVisible();
  // Its question has been asked and answered for this viewer.
  await expect(frameOf(page).contentFrame().locator("body")).toHaveAttribute("data-status", "200");
  await expect(main.locator(ownChart)).toHaveCount(0);
}

async function expectOwnCharts(page: Page): Promise<void> {
  const main = page.getByRole("main");
  await expect(main.locator(ownChart).first()).toBeVisible();
  await expect(frameOf(page)).toHaveCount(0);
  await expect(main.getByText("Grafana away", { exact: true })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /Since .*drawn by the console/ })).toBeVisible();
}

/** From now on every page notes when it has drawn its first chart, since it was asked for or since `lookForChart`. */
async function noteFirstChart(page: Page): Promise<void> {
  await page.addInitScript((chart) => {
    const lookFrom = (start: number) => {
      if (document.querySelector(chart)) Reflect.set(window, "firstChartMs", performance.now() - start);
      else requestAnimationFrame(() => lookFrom(start));
    };
    Reflect.set(window, "lookForChart", () => {
      Reflect.deleteProperty(window, "firstChartMs");
      lookFrom(performance.now());
    });
    if (window === window.parent) lookFrom(0);
  }, ownChart);
}

function lookForChart(page: Page): Promise<void> {
  return page.evaluate(() => Reflect.get(window, "lookForChart")());
}

async function firstChartMs(page: Page): Promise<number> {
  const noted = await page.waitForFunction(() => Reflect.get(window, "firstChartMs"));
  return Number(await noted.jsonValue());
}

function say(what: string, tookMs: number): void {
  process.stdout.write(`  ${what}: our own chart after ${Math.round(tookMs)} ms\n`);
}

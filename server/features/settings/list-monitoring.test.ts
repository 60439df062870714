import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { openGrafana } from "../../adapters/grafana/open-grafana.ts";
import { openOutbound } from "../../adapters/http/open-outbound.ts";
import { openPrometheus } from "../../adapters/prometheus/open-prometheus.ts";
import { aDeps } from "../../testing/a-deps.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { listMonitoring } from "./list-monitoring.ts";

const clock = fakeClock(new Date("2026-11-28T12:00:00.000Z"));

async function ask(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const deps = aDeps({
    prometheus: openPrometheus({ url, outbound: openOutbound({ allow: ["127.0.0.1"] }) }),
    grafana: openGrafana({ url, clock }),
  });
  const { services } = await listMonitoring({ deps, clock });
  server.closeAllConnections();
  server.close();
  return services;
}

it("says that nothing is connected where nothing is configured", async () => {
  const { services } = await listMonitoring({ deps: aDeps(), clock });
  expect(services.map(({ service, state }) => [service, state])).toEqual([
    ["prometheus", "absent"],
    ["grafana", "absent"],
  ]);
});

it("counts the targets of Prometheus and names the version of Grafana", async () => {
  const sample = (up: string, count: string) => ({ metric: { up }, value: [1_795_867_200, count] });
  const counts = { resultType: "vector", result: [sample("1", "12"), sample("0", "1")] };
  const services = await ask(({ url }, response) => {
    const answer = url?.includes("health") ? { version: "12.4.1" } : { status: "success", data: counts };
    response.end(JSON.stringify(answer));
  });
  expect(services).toMatchObject([
    { state: "ok", gives: "12 of 13 targets up", reason: null },
    { state: "ok", gives: "version 12.4.1" },
  ]);
});

it("says why each of them is not reached, also of one that hangs", async () => {
  expect(await ask((_, response) => response.writeHead(503).end("starting"))).toMatchObject([
    { state: "down", reason: expect.stringContaining("503") },
    { state: "down", reason: "Grafana answers 503" },
  ]);
  expect(await ask(() => {})).toMatchObject([
    { state: "down", reason: expect.stringMatching(/\S/) },
    { state: "down", reason: "Grafana did not answer within 1 s" },
  ]);
});

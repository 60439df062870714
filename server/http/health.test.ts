import { expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import type { TokenGate } from "../features/tokens/token-gate.ts";
import { unauthenticated } from "../kernel/errors.ts";
import type { Health } from "../kernel/lifecycle.ts";
import type { TokenActor } from "../kernel/roles.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { buildConsoleServer } from "./console-server.ts";
import { type HealthCheck, healthzRoute, metricsRoute, readyzRoute } from "./health.ts";

const anyActor: TokenActor = {
  kind: "token",
  id: "1",
  name: "scraper",
  owner: { id: "2", name: "Olga" },
  scopes: ["metrics:read"],
  grants: [],
};
const ok: Health = { state: "ok", reason: null, since: null };

it("is alive whatever happens to its surroundings", async () => {
  await using server = await serve([{ part: "database", check: () => Promise.reject(new Error("gone")) }]);
  const answer = await fetch(`${server.address}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { status: "ok", version: "1.2.3", roles: ["web"] },
  ]);
});

it("is ready while no part is down, and says what is degraded", async () => {
  const degraded: Health = { state: "degraded", reason: "Changes are not heard.", since: new Date(0) };
  await using server = await serve([
    { part: "database", check: () => ok },
    { part: "live", check: () => degraded },
  ]);
  const answer = await fetch(`${server.address}/readyz`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: "ready",
    parts: [
      { part: "database", state: "ok" },
      {
        part: "live",
        state: "degraded",
        reason: "Changes are not heard.",
        since: "1970-01-01T00:00:00.000Z",
      },
    ],
  });
});

it("is not ready when a part is down or its check fails, with the reason", async () => {
  await using server = await serve([
    { part: "database", check: () => Promise.reject(new Error("no route to host")) },
  ]);
  const answer = await fetch(`${server.address}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    status: "not ready",
    parts: [{ state: "down", reason: "no route to host" }],
  });
});

it("shows metrics to whoever has the token, when one is asked for", async () => {
  await using open = await serve([]);
  await using closed = await serve([], "a metrics token");
  expect(await (await fetch(`${open.address}/metrics`)).text()).toContain("console_http_request_seconds");
  expect((await fetch(`${closed.address}/metrics`)).status).toBe(401);
  const headers = { authorization: "Bearer a metrics token" };
  expect((await fetch(`${closed.address}/metrics`, { headers })).status).toBe(200);
});

it("shows them to an API token of that scope too, and to no other", async () => {
  const asked: string[] = [];
  await using closed = await serve([], "a metrics token", {
    admit: ({ authorization }, scope) => {
      asked.push(`${authorization} ${scope}`);
      return authorization === "Bearer good" ? Promise.resolve(anyActor) : Promise.reject(unauthenticated());
    },
  });
  const statusFor = async (token: string) =>
    (await fetch(`${closed.address}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await statusFor("good")).toBe(200);
  expect(await statusFor("bad")).toBe(401);
  expect(asked).toEqual(["Bearer good metrics:read", "Bearer bad metrics:read"]);
});

const nobody: TokenGate = { admit: () => Promise.reject(unauthenticated()) };

async function serve(checks: readonly HealthCheck[], token: string | null = null, gate = nobody) {
  const metrics = buildMetrics({});
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics,
  });
  const parts = { version: "1.2.3", roles: ["web"], checks };
  door.open([healthzRoute(parts), readyzRoute(parts), metricsRoute(metrics, { token, gate })]);
  const port = await door.listen(0, "127.0.0.1");
  return { address: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => door.stop() };
}

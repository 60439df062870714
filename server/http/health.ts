import { timingSafeEqual } from "node:crypto";
import type { TokenGate } from "../features/tokens/token-gate.ts";
import { timeout } from "../kernel/errors.ts";
import type { Health } from "../kernel/lifecycle.ts";
import type { Exchange, Route } from "./exchange.ts";
import { requireToken } from "./machine-route.ts";

/** One line of /readyz. `down` means: send no traffic here. */
export type HealthCheck = { part: string; check(): Health | Promise<Health> };

export type HealthParts = { version: string; roles: readonly string[]; checks: readonly HealthCheck[] };

const checkTimeoutMs = 2_000;

/** The process answers: nothing outside is asked, so that a dead database restarts nobody. */
export function healthzRoute({ version, roles }: HealthParts): Route {
  return {
    path: "/healthz",
    maxBodyBytes: 0,
    handle: ({ response }) => sendJson(response, 200, { status: "ok", version, roles }),
  };
}

/** May traffic come here? With the reason of each part in words. */
export function readyzRoute({ version, roles, checks }: HealthParts): Route {
  return {
    path: "/readyz",
    maxBodyBytes: 0,
    handle: async ({ response }) => {
      const parts = await Promise.all(
        checks.map(async ({ part, check }) => ({ part, ...(await judged(check)) })),
      );
      const isReady = parts.every(({ state }) => state !== "down");
      sendJson(response, isReady ? 200 : 503, {
        status: isReady ? "ready" : "not ready",
        version,
        roles,
        parts,
      });
    },
  };
}

export type MetricsPage = { contentType: string; render(): Promise<string> };

/** Open to all without METRICS_TOKEN; with it, to that token and to API tokens of the scope `metrics:read`. */
export type MetricsDoor = { token: string | null; gate: TokenGate };

export function metricsRoute(page: MetricsPage, { token, gate }: MetricsDoor): Route {
  return {
    path: "/metrics",
    maxBodyBytes: 0,
    handle: async (exchange) => {
      const { request, response } = exchange;
      if (token !== null && !isBearer(request.headers.authorization, token))
        await requireToken(gate, exchange, "metrics:read");
      response.setHeader("content-type", page.contentType);
      response.end(await page.render());
    },
  };
}

async function judged(check: HealthCheck["check"]): Promise<Health> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(timeout("The check", checkTimeoutMs)), checkTimeoutMs);
  try {
    return await Promise.race([check(), limit.promise]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "The check failed.";
    return { state: "down", reason, since: null };
  } finally {
    clearTimeout(timer);
  }
}

function isBearer(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sendJson(response: Exchange["response"], status: number, body: object): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  response.end(JSON.stringify(body));
}

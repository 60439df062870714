import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { notFound, tooMany } from "../kernel/errors.ts";
import type { Logger } from "../ports/logger.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { buildConsoleServer } from "./console-server.ts";
import type { Exchange, Route } from "./exchange.ts";
import { pageRoute } from "./page-route.ts";

const origin = "https://console.test";

describe("request ids", () => {
  it("gives back the caller's id, in the answer and to whatever runs behind", async () => {
    await using door = await openDoor([echoRoute]);
    const answer = await fetch(`${door.address}/echo`, { headers: { "x-request-id": "trace-0123456789" } });
    expect(answer.headers.get("x-request-id")).toBe("trace-0123456789");
    expect(await answer.json()).toMatchObject({ requestId: "trace-0123456789" });
  });

  it("makes one when there is none, or one that could do harm in a log", async () => {
    await using door = await openDoor([echoRoute]);
    for (const given of ["", "short", "a".repeat(129), "with space in it"]) {
      const answer = await fetch(`${door.address}/echo`, { headers: { "x-request-id": given } });
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe("security headers", () => {
  it("sets a nonce of its own for every page, the same in the policy that Next reads", async () => {
    const policies: unknown[] = [];
    await using door = await openDoor([
      pageRoute(
        async (request, response) => {
          policies.push(request.headers["content-security-policy"]);
          response.end();
        },
        { isDevelopment: false, frameOrigins: [] },
      ),
    ]);
    const answers = await Promise.all([fetch(`${door.address}/mainnet`), fetch(`${door.address}/mainnet`)]);
    const sent = answers.map((answer) => answer.headers.get("content-security-policy"));
    expect(new Set(sent).size).toBe(2);
    expect(new Set(policies)).toEqual(new Set(sent));
    expect(sent[0]).toMatch(
      /script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic' 'wasm-unsafe-eval';/,
    );
    expect(sent[0]).toContain("frame-ancestors 'none'");
    expect(sent[0]).not.toContain(" 'unsafe-eval'");
  });

  it("forbids endpoints to load anything, and speaks of https only where it is", async () => {
    await using door = await openDoor([echoRoute]);
    await using plain = await openDoor([echoRoute], { origin: "http://console.test" });
    const { headers } = await fetch(`${door.address}/echo`);
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect((await fetch(`${plain.address}/echo`)).headers.get("strict-transport-security")).toBeNull();
  });
});

describe("changes", () => {
  const cookie = "console.session_token=abc";
  it.each([
    { name: "passes from our own page", headers: { cookie, origin }, status: 200 },
    {
      name: "passes from a page under the address it was reached by",
      headers: { cookie, "sec-fetch-site": "same-origin" },
      status: 200,
    },
    { name: "is refused from another site", headers: { cookie, origin: "https://evil.test" }, status: 403 },
    {
      name: "is refused from a sister site",
      headers: { cookie, origin, "sec-fetch-site": "same-site" },
      status: 403,
    },
    { name: "is refused from a page without origin", headers: { cookie, origin: "null" }, status: 403 },
    { name: "is refused with a session of unknown origin", headers: { cookie }, status: 403 },
    { name: "passes from a program that has no session to lend", headers: {}, status: 200 },
  ])("$name", async ({ headers, status }) => {
    await using door = await openDoor([echoRoute]);
    const answer = await fetch(`${door.address}/echo`, { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(status);
  });

  it("does not stop anybody from reading", async () => {
    await using door = await openDoor([echoRoute]);
    const answer = await fetch(`${door.address}/echo`, { headers: { cookie, origin: "https://evil.test" } });
    expect(answer.status).toBe(200);
  });
});

describe("bodies", () => {
  it("are refused by their declared length before a byte is read", async () => {
    await using door = await openDoor([echoRoute]);
    const answer = await fetch(`${door.address}/echo`, { method: "POST", body: "x".repeat(101) });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("100 are allowed") });
  });

  it("of unknown length are refused", async () => {
    await using door = await openDoor([echoRoute]);
    const request = httpRequest(`${door.address}/echo`, {
      method: "POST",
      headers: { "transfer-encoding": "chunked" },
    });
    request.end("{}");
    const [response] = await once(request, "response");
    expect(response.statusCode).toBe(411);
    response.resume();
  });
});

describe("failures", () => {
  it("tell what we say and hide what we did not expect, with the id that leads to the log", async () => {
    const logged: object[] = [];
    const log: Logger = { ...silentLogger, child: () => log, error: (fields) => logged.push(fields) };
    const failing = (path: string, error: Error): Route => ({
      path,
      maxBodyBytes: 0,
      handle: () => Promise.reject(error),
    });
    const routes = [failing("/known", notFound("node", "0x1")), failing("/bug", new Error("secret detail"))];
    await using door = await openDoor([...routes, failing("/busy", tooMany("Slow down.", 7))], { log });
    const known = await fetch(`${door.address}/known`);
    expect([known.status, await known.json()]).toEqual([
      404,
      expect.objectContaining({ detail: "There is no node 0x1 here." }),
    ]);
    const bug = await fetch(`${door.address}/bug`);
    const body = await bug.text();
    expect(bug.status).toBe(500);
    expect(body).toContain(bug.headers.get("x-request-id"));
    expect(body).not.toContain("secret detail");
    expect(logged).toEqual([
      expect.objectContaining({ err: expect.objectContaining({ message: "secret detail" }) }),
    ]);
    expect((await fetch(`${door.address}/busy`)).headers.get("retry-after")).toBe("7");
  });

  it("say so when there is nothing at an address", async () => {
    await using door = await openDoor([echoRoute]);
    expect((await fetch(`${door.address}/nowhere`)).status).toBe(404);
  });
});

it("lets a running answer end before it stops, and takes no new request", async () => {
  const entered = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const slow: Route = {
    path: "/slow",
    maxBodyBytes: 0,
    handle: async ({ response }) => {
      entered.resolve();
      await leave.promise;
      response.end("done");
    },
  };
  const door = await openDoor([slow]);
  const answer = fetch(`${door.address}/slow`);
  await entered.promise;
  const stopped = door[Symbol.asyncDispose]();
  await expect(fetch(`${door.address}/slow`)).rejects.toThrow();
  leave.resolve();
  expect(await (await answer).text()).toBe("done");
  await stopped;
});

const echoRoute: Route = {
  path: "/echo",
  maxBodyBytes: 100,
  handle: async ({ request, response, requestId, address }: Exchange) => {
    response.end(JSON.stringify({ requestId, address, body: await text(request) }));
  },
};

type DoorParts = { origin?: string; log?: Logger };

async function openDoor(routes: readonly Route[], parts: DoorParts = {}) {
  const door = buildConsoleServer({
    baseUrl: new URL(parts.origin ?? origin),
    trustedProxies: [],
    log: parts.log ?? silentLogger,
    metrics: buildMetrics({}),
  });
  door.open(routes);
  const port = await door.listen(0, "127.0.0.1");
  return { address: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => door.stop() };
}

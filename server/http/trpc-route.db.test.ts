import { expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { type OpenDatabase, openDatabase } from "../adapters/postgres/database.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { systemClock } from "../kernel/clock.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { aDeps } from "../testing/a-deps.ts";
import { testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { insertToken } from "../testing/insert-token.ts";
import { startOwnPostgres } from "../testing/own-postgres.ts";
import { anIssuer, signedInHeaders } from "../testing/sign-in-person.ts";
import { buildConsoleServer } from "./console-server.ts";
import { trpcRoute } from "./trpc-route.ts";

const origin = "http://console.test";

it("answers queries of a session and says who is missing without one", async () => {
  await using db = await testDatabase();
  await using api = await openApi(db);
  const status = await api.query("system.status", { network: "mainnet" });
  expect([status.status, (await status.json()).result.data]).toEqual([
    200,
    expect.objectContaining({ version: "0.0.0", degraded: [expect.objectContaining({ part: "Ingest" })] }),
  ]);
  const stranger = await fetch(`${api.address}/api/trpc/identity.me`, {
    headers: { "x-request-id": "from-afar" },
  });
  expect([stranger.status, (await stranger.json()).error.data]).toEqual([
    401,
    expect.objectContaining({ appCode: "unauthenticated", requestId: "from-afar" }),
  ]);
});

it("refuses a change that another site asks for, with a session or without", async () => {
  await using db = await testDatabase();
  await using api = await openApi(db);
  const change = {
    method: "POST",
    body: JSON.stringify({ theme: "dark", zone: "utc" }),
  };
  const headers = { ...api.headers, "content-type": "application/json" };
  const path = `${api.address}/api/trpc/identity.updatePreferences`;
  const foreign = await fetch(path, { ...change, headers: { ...headers, origin: "http://evil.test" } });
  expect(foreign.status).toBe(403);
  expect((await fetch(path, { ...change, headers: { ...headers, origin } })).status).toBe(200);
});

it("answers a token that may read as it would answer its owner, and lets it change nothing", async () => {
  await using db = await testDatabase();
  await using api = await openApi(db);
  const viewer = { role: "viewer", network: "testnet", environment: null } as const;
  const { secret } = await insertToken(db, { clock: systemClock, scopes: ["read"], grants: [viewer] });
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const ask = (path: string, input: unknown) => {
    const search = new URLSearchParams(input === undefined ? {} : { input: JSON.stringify(input) });
    return fetch(`${api.address}/api/trpc/${path}?${search}`, { headers });
  };
  expect((await ask("system.status", { network: "testnet" })).status).toBe(200);
  expect((await ask("system.status", { network: "mainnet" })).status).toBe(403);
  expect((await ask("identity.me", undefined)).status).toBe(403);
  const preferences = JSON.stringify({ theme: "dark", zone: "utc" });
  const change = { method: "POST", headers, body: preferences };
  const changed = await fetch(`${api.address}/api/trpc/identity.updatePreferences`, change);
  expect([changed.status, (await changed.json()).error.message]).toEqual([
    403,
    "A token has no account of its own. Sign in for this.",
  ]);
  const refused = await db.prisma.auditEntry.findMany({ where: { action: "token.refuse" } });
  expect(refused).toHaveLength(2);
});

it("does not fall back to a session when the token is wrong", async () => {
  await using db = await testDatabase();
  await using api = await openApi(db);
  const headers = { ...api.headers, authorization: "Bearer cere_pat_wrong" };
  expect((await fetch(`${api.address}/api/trpc/identity.me`, { headers })).status).toBe(401);
});

it("takes no change as a GET", async () => {
  await using db = await testDatabase();
  await using api = await openApi(db);
  const asked = await api.query("identity.revokeOtherSessions", undefined);
  expect(asked.status).toBe(405);
});

it("says that PostgreSQL is away, and answers again when it is back", async () => {
  await using postgres = await startOwnPostgres();
  await using db = openDatabase({
    connectionString: postgres.url,
    maxConnections: 4,
    applicationName: "console-test",
  });
  await using api = await openApi(db);
  await postgres.kill();
  const away = await api.query("system.status", { network: "mainnet" });
  expect(away.status).toBe(502);
  expect((await away.json()).error).toMatchObject({
    message: expect.stringContaining("PostgreSQL"),
    data: { appCode: "upstream" },
  });
  await postgres.start();
  expect((await api.query("system.status", { network: "mainnet" })).status).toBe(200);
});

async function openApi(db: OpenDatabase) {
  const issuer = anIssuer(db);
  const person = await insertPerson(db);
  const cookie =
    (await signedInHeaders(db, { email: person.email, issuer, clock: systemClock })).get("cookie") ?? "";
  const door = buildConsoleServer({
    baseUrl: new URL(origin),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  const sessions = buildSessions({ db, clock: systemClock, issuer });
  door.open([
    trpcRoute({
      db,
      deps: aDeps(),
      sessions,
      tokens: buildTokenGate({ db, clock: systemClock }),
      clock: systemClock,
    }),
  ]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}`;
  const headers = { cookie };
  return {
    address,
    headers,
    query: (path: string, input: unknown) => {
      const search = input === undefined ? "" : new URLSearchParams({ input: JSON.stringify(input) });
      return fetch(`${address}/api/trpc/${path}?${search}`, { headers });
    },
    [Symbol.asyncDispose]: () => door.stop(),
  };
}

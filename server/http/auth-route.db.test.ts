import { describe, expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { createPasswordLink } from "../features/identity/create-password-link.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import type { Database } from "../ports/database.ts";
import { aCtx, silentLogger } from "../testing/a-ctx.ts";
import { aDeps } from "../testing/a-deps.ts";
import { testDatabase } from "../testing/database.ts";
import { type FakeClock, fakeClock } from "../testing/fake-clock.ts";
import { insertPerson, testPassword } from "../testing/insert-person.ts";
import { anIssuer } from "../testing/sign-in-person.ts";
import { authRoute } from "./auth-route.ts";
import { buildConsoleServer } from "./console-server.ts";
import { trpcRoute } from "./trpc-route.ts";

describe("signing in and out over HTTP", () => {
  it("gives a cookie that opens the API until signing out", async () => {
    await using db = await testDatabase();
    await using console = await openConsole(db);
    const { email } = await insertPerson(db);
    const signedIn = await console.post("sign-in", { email: email.toUpperCase(), password: testPassword });
    expect(signedIn.status).toBe(200);
    expect(await signedIn.text()).toBe("{}");
    const cookie = cookieOf(signedIn);
    expect(await console.statusOfMe(cookie)).toBe(200);
    const signedOut = await console.post("sign-out", {}, { cookie });
    expect(signedOut.headers.getSetCookie().join()).toContain("console.session_token=; Max-Age=0");
    console.clock.advance(2_000);
    expect(await console.statusOfMe(cookie)).toBe(401);
    const again = await console.post("sign-out", {}, { cookie });
    expect(again.status).toBe(200);
  });

  it("does not say which part of a wrong sign-in was wrong", async () => {
    await using db = await testDatabase();
    await using console = await openConsole(db);
    const { email } = await insertPerson(db);
    const answers = await Promise.all([
      console.post("sign-in", { email, password: "wrong" }),
      console.post("sign-in", { email: "nobody@test.local", password: "wrong" }),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(bodies.map(({ title }) => title)).toEqual([wrong, wrong]);
    expect(bodies.map(({ detail }) => detail).sort()).toEqual([
      "8 more tries from this address, then 15 minutes of pause.",
      "9 more tries from this address, then 15 minutes of pause.",
    ]);
  });

  it("says how long an address has to wait, and keeps open sessions open", async () => {
    await using db = await testDatabase();
    await using console = await openConsole(db);
    const { email } = await insertPerson(db);
    const cookie = cookieOf(await console.post("sign-in", { email, password: testPassword }));
    for (let index = 0; index < 100; index += 1) await console.post("sign-in", { email, password: "wrong" });
    const blocked = await console.post("sign-in", { email, password: testPassword });
    expect(blocked.status).toBe(429);
    expect(blocked.headers.get("retry-after")).toBe("900");
    expect(await blocked.json()).toMatchObject({
      title: expect.stringMatching(/^Nothing is checked from (127\.0\.0\.1|::1) until \d\d:\d\d:\d\d UTC\.$/),
      retryAfterSeconds: 900,
      requestId: blocked.headers.get("x-request-id"),
    });
    expect(await console.statusOfMe(cookie)).toBe(200);
  });

  it.each<[string, string, RequestInit, number]>([
    [
      "another site's page",
      "sign-in",
      { headers: { origin: "https://evil.test", "sec-fetch-site": "cross-site" } },
      403,
    ],
    [
      "a form post without an origin but with a cookie",
      "sign-out",
      { headers: { cookie: "console.session_token=x" } },
      403,
    ],
    ["a GET", "sign-in", { method: "GET" }, 404],
    ["the library's own routes", "sign-up/email", { body: "{}" }, 404],
    ["the library's own session", "get-session", { method: "GET" }, 404],
    ["no JSON", "sign-in", { body: "email=a" }, 400],
    ["no e-mail address", "sign-in", { body: '{"email":"ana","password":"x"}' }, 400],
    [
      "a password longer than any",
      "sign-in",
      { body: JSON.stringify({ email: "a@b.de", password: "x".repeat(129) }) },
      400,
    ],
    ["a body beyond 4 KiB", "sign-in", { body: "x".repeat(5_000) }, 413],
    [
      "a link that nobody made",
      "password",
      { body: JSON.stringify({ secret: "x", password: testPassword }) },
      400,
    ],
  ])("refuses %s", async (_what, endpoint, request, status) => {
    await using db = await testDatabase();
    await using console = await openConsole(db);
    const answer = await fetch(`${console.origin}/api/auth/${endpoint}`, { method: "POST", ...request });
    expect(answer.status).toBe(status);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.json()).toMatchObject({ status });
    expect(await db.prisma.session.count()).toBe(0);
  });

  it("sets a password by link", async () => {
    await using db = await testDatabase();
    await using console = await openConsole(db);
    const { id: personId, email } = await insertPerson(db, { password: null });
    const { path } = await createPasswordLink(aCtx({ db, role: "admin", clock: console.clock }), {
      personId,
    });
    const [, secret] = path.split("#");
    const short = await console.post("password", { secret, password: "short" });
    expect(await short.json()).toMatchObject({
      status: 400,
      detail: "A password has at least 12 characters.",
    });
    const answer = await console.post("password", { secret, password: testPassword });
    expect([answer.status, await answer.json()]).toEqual([200, { email }]);
    expect((await console.post("sign-in", { email, password: testPassword })).status).toBe(200);
  });
});

const wrong = "E-mail or password is wrong.";

type OpenConsole = AsyncDisposable & {
  origin: string;
  clock: FakeClock;
  post(endpoint: string, body: object, headers?: Record<string, string>): Promise<Response>;
  statusOfMe(cookie: string): Promise<number>;
};

async function openConsole(db: Database): Promise<OpenConsole> {
  const clock = fakeClock(new Date());
  const issuer = anIssuer(db);
  const sessions = buildSessions({ db, clock, issuer });
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  door.open([
    trpcRoute({ db, deps: aDeps(), sessions, tokens: buildTokenGate({ db, clock }), clock }),
    authRoute({ db, deps: aDeps(), clock, issuer, sessions, baseUrl: new URL("http://console.test") }),
  ]);
  const port = await door.listen(0, "127.0.0.1");
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    clock,
    post: (endpoint, body, headers = {}) =>
      fetch(`${origin}/api/auth/${endpoint}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", origin, ...headers },
      }),
    statusOfMe: async (cookie) =>
      (await fetch(`${origin}/api/trpc/identity.me`, { headers: { cookie } })).status,
    [Symbol.asyncDispose]: () => door.stop(),
  };
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

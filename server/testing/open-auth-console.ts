import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { authRoute } from "../http/auth-route.ts";
import { buildConsoleServer } from "../http/console-server.ts";
import { trpcRoute } from "../http/trpc-route.ts";
import type { Deps } from "../ports/ctx.ts";
import type { Database } from "../ports/database.ts";
import { silentLogger } from "./a-ctx.ts";
import { aDeps } from "./a-deps.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";
import { anIssuer } from "./sign-in-person.ts";

/** One browser: it keeps cookies and follows no redirect. */
export type TestBrowser = {
  post(endpoint: string, body: object): Promise<Response>;
  get(path: string): Promise<Response>;
  /** The status of a question that needs a session. */
  statusOfMe(): Promise<number>;
  call(procedure: string, input?: object): Promise<Response>;
};

export type AuthConsole = AsyncDisposable & { clock: FakeClock; browser(): TestBrowser };

export const authOrigin = new URL("http://console.test");

/** The console's own doors for people, over HTTP. */
export async function openAuthConsole(db: Database, parts: Partial<Deps> = {}): Promise<AuthConsole> {
  const clock = fakeClock(new Date());
  const issuer = anIssuer(db);
  const deps = aDeps(parts);
  const sessions = buildSessions({ db, clock, issuer });
  const door = buildConsoleServer({
    baseUrl: authOrigin,
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  const tokens = buildTokenGate({ db, clock });
  door.open([
    trpcRoute({ db, deps, sessions, tokens, clock }),
    authRoute({ db, deps, clock, issuer, sessions, baseUrl: authOrigin }),
  ]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}`;
  return { clock, browser: () => browserAt(address), [Symbol.asyncDispose]: () => door.stop() };
}

function browserAt(address: string): TestBrowser {
  const cookies = new Map<string, string>();
  const ask = async (path: string, request: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin", cookie };
    const response = await fetch(`${address}${path}`, { ...request, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const post = (path: string, body: object) => ask(path, { method: "POST", body: JSON.stringify(body) });
  return {
    post: (endpoint, body) => post(`/api/auth/${endpoint}`, body),
    get: (path) => ask(path),
    statusOfMe: async () => (await ask("/api/trpc/identity.me")).status,
    call: (procedure, input = {}) => post(`/api/trpc/${procedure}`, input),
  };
}

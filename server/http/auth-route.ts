import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { z } from "zod";
import { setPasswordByLinkInput, signInInput } from "../features/identity/schema.ts";
import { setPasswordByLink } from "../features/identity/set-password-by-link.ts";
import { type SignInResult, signIn } from "../features/identity/sign-in.ts";
import { signOut } from "../features/identity/sign-out.ts";
import type { Clock } from "../kernel/clock.ts";
import { invalid, notFound } from "../kernel/errors.ts";
import type { Database } from "../ports/database.ts";
import type { SessionIssuer } from "../ports/session-issuer.ts";
import type { Sessions } from "../ports/sessions.ts";
import { type Exchange, fetchHeaders, type Route } from "./exchange.ts";

export type AuthSurroundings = { db: Database; clock: Clock; issuer: SessionIssuer; sessions: Sessions };

/** Signing in and out and setting a password by link: what a browser asks before anybody is known. POST only. */
export function authRoute(around: AuthSurroundings): Route {
  return {
    path: "/api/auth/",
    maxBodyBytes: 4_096,
    handle: async (exchange) => {
      const { request, url } = exchange;
      const endpoint = endpoints.get(`${request.method} ${url.pathname.slice("/api/auth/".length)}`);
      if (!endpoint) throw notFound("endpoint", `${request.method} ${url.pathname}`);
      send(exchange, await endpoint(around, exchange));
    },
  };
}

type Answer = { status: number; body: object; cookies?: readonly string[]; retryAfterSeconds?: number };
type Endpoint = (around: AuthSurroundings, exchange: Exchange) => Promise<Answer>;

const endpoints: ReadonlyMap<string, Endpoint> = new Map([
  ["POST sign-in", answerSignIn],
  ["POST sign-out", answerSignOut],
  ["POST password", answerSetPassword],
]);

async function answerSignIn(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const credentials = await readBody(exchange.request, signInInput);
  const userAgent = exchange.request.headers["user-agent"] ?? null;
  return toAnswer(await signIn({ ...ctxOf(around, exchange), userAgent }, credentials), exchange.address);
}

async function answerSignOut(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const actor = await around.sessions.findActor(fetchHeaders(exchange.request));
  if (actor) await signOut({ ...ctxOf(around, exchange), actor });
  return { status: 200, body: {}, cookies: await around.issuer.expireCookies() };
}

async function answerSetPassword(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const input = await readBody(exchange.request, setPasswordByLinkInput);
  return { status: 200, body: await setPasswordByLink(ctxOf(around, exchange), input) };
}

function ctxOf({ db, clock, issuer }: AuthSurroundings, { requestId, address, log }: Exchange) {
  return { db, clock, issuer, requestId, address, log };
}

function toAnswer(result: SignInResult, address: string | null): Answer {
  switch (result.kind) {
    case "open":
      return { status: 200, body: {}, cookies: result.cookies };
    case "wrong":
      return problem(401, "E-mail or password is wrong.", { detail: triesLeftText(result.triesLeft) });
    case "blocked": {
      const retryAfterSeconds = Math.ceil(result.waitMs / 1000);
      const from = result.by === "address" ? `from ${address ?? "this address"}` : "for this e-mail";
      const title = `No password is checked ${from} until ${result.until.toISOString().slice(11, 19)} UTC.`;
      const detail = "Too many wrong tries. Sessions that are open stay open.";
      return { ...problem(429, title, { detail, retryAfterSeconds }), retryAfterSeconds };
    }
  }
}

function triesLeftText(count: number): string {
  if (count === 0) return "No more tries from this address for 15 minutes.";
  return `${count} more ${count === 1 ? "try" : "tries"} from this address, then 15 minutes of pause.`;
}

function problem(status: number, title: string, more: object): Answer {
  return { status, body: { type: "about:blank", title, status, ...more } };
}

async function readBody<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(parseJson(await text(request)));
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues[0]?.message ?? "The request cannot be read.");
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function send({ response, requestId }: Exchange, answer: Answer): void {
  const { status, body, cookies = [], retryAfterSeconds } = answer;
  response.statusCode = status;
  response.setHeader("content-type", status < 400 ? "application/json" : "application/problem+json");
  response.setHeader("cache-control", "no-store");
  if (cookies.length > 0) response.setHeader("set-cookie", [...cookies]);
  if (retryAfterSeconds) response.setHeader("retry-after", String(retryAfterSeconds));
  response.end(JSON.stringify(status < 400 ? body : { ...body, requestId }));
}

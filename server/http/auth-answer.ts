import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { z } from "zod";
import type { Blocked } from "../features/identity/sign-in.ts";
import type { SignInCtx } from "../features/identity/sign-in-ctx.ts";
import type { Clock } from "../kernel/clock.ts";
import { invalid } from "../kernel/errors.ts";
import type { Deps } from "../ports/ctx.ts";
import type { Database } from "../ports/database.ts";
import type { SessionIssuer } from "../ports/session-issuer.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Exchange } from "./exchange.ts";
import { flowCookie } from "./flow-cookie.ts";

export type AuthSurroundings = {
  db: Database;
  deps: Pick<Deps, "identityProvider" | "mailer" | "vault">;
  clock: Clock;
  issuer: SessionIssuer;
  sessions: Sessions;
  baseUrl: URL;
};

/** `location`: the browser goes there (303). */
export type Answer = {
  status: number;
  body: object;
  cookies?: readonly string[];
  retryAfterSeconds?: number;
  location?: string;
};

export type Endpoint = (around: AuthSurroundings, exchange: Exchange) => Promise<Answer>;

export type BegunCtx = { ctx: SignInCtx; setCookie: string };

/** What signing in needs, with the cookie that ties its steps to this browser. */
export function signInCtx(around: AuthSurroundings, exchange: Exchange): BegunCtx {
  const { db, clock, issuer, deps, baseUrl } = around;
  const { request, requestId, address, log } = exchange;
  const { value: browser, setCookie } = flowCookie(request, baseUrl);
  const userAgent = request.headers["user-agent"] ?? null;
  return {
    ctx: { db, clock, issuer, vault: deps.vault, requestId, address, log, userAgent, browser },
    setCookie,
  };
}

export function problem(status: number, title: string, more: object = {}): Answer {
  return { status, body: { type: "about:blank", title, status, ...more } };
}

export function blocked({ by, until, waitMs }: Blocked, address: string | null): Answer {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const from = by === "address" ? `from ${address ?? "this address"}` : "for this account";
  const title = `Nothing is checked ${from} until ${until.toISOString().slice(11, 19)} UTC.`;
  const detail = "Too many tries. Sessions that are open stay open; the other ways to sign in still work.";
  return { ...problem(429, title, { detail, retryAfterSeconds }), retryAfterSeconds };
}

export async function readBody<Schema extends z.ZodType>(
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

export function sendAnswer({ response, requestId }: Exchange, answer: Answer): void {
  const { status, body, cookies = [], retryAfterSeconds, location } = answer;
  response.statusCode = status;
  response.setHeader("content-type", status < 400 ? "application/json" : "application/problem+json");
  response.setHeader("cache-control", "no-store");
  if (cookies.length > 0) response.setHeader("set-cookie", [...cookies]);
  if (retryAfterSeconds) response.setHeader("retry-after", String(retryAfterSeconds));
  if (location) response.setHeader("location", location);
  response.end(JSON.stringify(status < 400 ? body : { ...body, requestId }));
}

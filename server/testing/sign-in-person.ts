import { buildSessionIssuer } from "../adapters/auth/session-issuer.ts";
import { type SignInResult, signIn } from "../features/identity/sign-in.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { Actor } from "../kernel/roles.ts";
import type { Database } from "../ports/database.ts";
import type { SessionIssuer } from "../ports/session-issuer.ts";
import { aCtx, silentLogger } from "./a-ctx.ts";
import { testPassword } from "./insert-person.ts";

export function anIssuer(db: Database, baseUrl = "http://console.test"): SessionIssuer {
  const secret = "a secret that only tests use, 0123456789abcdef";
  return buildSessionIssuer({ prisma: db.prisma, secret, baseUrl: new URL(baseUrl), log: silentLogger });
}

export type Attempt = {
  email: string;
  password?: string;
  address?: string;
  clock?: Clock;
  issuer?: SessionIssuer;
};

export function trySignIn(db: Database, attempt: Attempt): Promise<SignInResult> {
  const { email, password = testPassword, address = "203.0.113.1", issuer = anIssuer(db) } = attempt;
  const ctx = aCtx({ db, clock: attempt.clock ?? systemClock });
  const { vault } = ctx.deps;
  const browser = "a browser of the tests";
  const userAgent = "Firefox/143.0 Linux";
  return signIn({ ...ctx, vault, address, issuer, userAgent, browser }, { email, password });
}

/** The headers of a browser that has just signed in, by today's clock unless told otherwise. */
export async function signedInHeaders(db: Database, attempt: Attempt): Promise<Headers> {
  const result = await trySignIn(db, { clock: systemClock, ...attempt });
  if (result.kind !== "open") throw new Error(`The sign-in was answered with ${result.kind}.`);
  return new Headers({ cookie: result.cookies.map((cookie) => cookie.split(";")[0]).join("; ") });
}

/** The session of an actor; only people have one. */
export function sessionIdOf(actor: Actor | null): string {
  if (actor?.kind !== "person") throw new Error("Nobody is signed in.");
  return actor.sessionId;
}

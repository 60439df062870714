import { createHash, randomBytes } from "node:crypto";
import { msBetween } from "../../kernel/clock.ts";
import type { Credentials } from "../../ports/session-issuer.ts";
import { senderOf } from "./address-rules.ts";
import { openSession, recordRefusal } from "./open-session.ts";
import { awaitSecondFactor, hasSecondFactor } from "./second-factor.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { admitTry, forgiveTries, type ThrottleKey } from "./throttle.ts";
import { accountLimit, addressLimit, triesLeft } from "./throttle-rules.ts";

export type Blocked = { kind: "blocked"; by: "address" | "account"; until: Date; waitMs: number };

export type SignInResult =
  | { kind: "open"; cookies: readonly string[] }
  /** The first factor was right; `challenge` has to come back with the second. */
  | { kind: "second-factor"; challenge: string }
  | { kind: "wrong"; triesLeft: number }
  | Blocked;

/** Wrong e-mail, wrong password and deactivated account answer alike; only the audit log tells them apart. */
export async function signIn(ctx: SignInCtx, given: Credentials): Promise<SignInResult> {
  const { email } = given;
  const keys = await throttleKeys(ctx, email);
  const at = ctx.clock.now();
  const admission = await ctx.db.prisma.$transaction((tx) => admitTry(tx, keys, at));
  if (admission.kind === "blocked") return toBlocked(admission, at);
  const userId = await checkOrForgive(ctx, given, keys);
  if (userId !== null) {
    const result = await proceed(ctx, userId);
    if (result.kind !== "refused") {
      await ctx.db.prisma.$transaction((tx) => forgiveTries(tx, keys, at));
      return result;
    }
  }
  const reason = userId === null ? "E-mail or password is wrong." : "The account is deactivated.";
  const refused = { way: "password", subject: `person:${email}`, reason } as const;
  await ctx.db.prisma.$transaction((tx) => recordRefusal(tx, ctx, refused));
  const [tries] = admission.tries;
  return { kind: "wrong", triesLeft: tries ? triesLeft(tries, addressLimit) : 0 };
}

export function toBlocked({ key, until }: { key: string; until: Date }, at: Date): Blocked {
  const by = key.startsWith("address:") ? "address" : "account";
  return { kind: "blocked", by, until, waitMs: msBetween(at, until) };
}

/** The session, or first the second factor. */
async function proceed(ctx: SignInCtx, userId: string) {
  const user = await ctx.db.prisma.user.findUnique({ where: { id: userId, disabledAt: null } });
  if (!user) return { kind: "refused" } as const;
  if (!(await hasSecondFactor(ctx.db.prisma, userId))) return openSession(ctx, { userId, way: "password" });
  const challenge = randomBytes(32).toString("base64url");
  await awaitSecondFactor(ctx, { challenge, userId, way: "password" });
  return { kind: "second-factor", challenge } as const;
}

/** A password that could not be checked at all is no wrong try. */
async function checkOrForgive(ctx: SignInCtx, given: Credentials, keys: readonly ThrottleKey[]) {
  try {
    return await ctx.issuer.checkPassword(given);
  } catch (error) {
    await ctx.db.prisma.$transaction((tx) => forgiveTries(tx, keys, ctx.clock.now()));
    throw error;
  }
}

/** The address first. An address where the owner is signed in does not feel what strangers do to the account. */
async function throttleKeys(ctx: SignInCtx, email: string): Promise<ThrottleKey[]> {
  const address = { key: `address:${senderOf(ctx.address)}`, limit: addressLimit };
  const known = await ctx.db.prisma.session.findFirst({
    where: { ipAddress: ctx.address ?? "", expiresAt: { gt: ctx.clock.now() }, user: { email } },
    select: { id: true },
  });
  const digest = createHash("sha256").update(email).digest("base64url");
  return known ? [address] : [address, { key: `account:${digest}`, limit: accountLimit }];
}

import { createHash } from "node:crypto";
import { msBetween } from "../../kernel/clock.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import type { Credentials, SessionIssuer } from "../../ports/session-issuer.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { senderOf } from "./address-rules.ts";
import { idleSince } from "./session-rules.ts";
import { admitTry, forgiveTries, type ThrottleKey } from "./throttle.ts";
import { accountLimit, addressLimit, triesLeft } from "./throttle-rules.ts";

export type SignInCtx = Omit<Ctx, "actor" | "deps"> & { issuer: SessionIssuer; userAgent: string | null };

export type SignInResult =
  | { kind: "open"; cookies: readonly string[] }
  | { kind: "wrong"; triesLeft: number }
  | { kind: "blocked"; by: "address" | "account"; until: Date; waitMs: number };

/** Wrong e-mail, wrong password and deactivated account answer alike; only the audit log tells them apart. */
export async function signIn(ctx: SignInCtx, given: Credentials): Promise<SignInResult> {
  const { email } = given;
  const keys = await throttleKeys(ctx, email);
  const at = ctx.clock.now();
  const admission = await ctx.db.prisma.$transaction((tx) => admitTry(tx, keys, at));
  if (admission.kind === "blocked") {
    const by = admission.key.startsWith("address:") ? "address" : "account";
    return { kind: "blocked", by, until: admission.until, waitMs: msBetween(at, admission.until) };
  }
  const issued = await issueOrForgive(ctx, given, keys);
  const outcome = await ctx.db.prisma.$transaction(async (tx) => {
    const refusal = issued ? await openSession(tx, ctx, issued.token) : "E-mail or password is wrong.";
    await (refusal === null
      ? forgiveTries(tx, keys, at)
      : recordRefusal(tx, ctx, { email, reason: refusal }));
    return refusal;
  });
  if (issued && outcome === null) return { kind: "open", cookies: issued.cookies };
  const [tries] = admission.tries;
  return { kind: "wrong", triesLeft: tries ? triesLeft(tries, addressLimit) : 0 };
}

/** A password that could not be checked at all is no wrong try. */
async function issueOrForgive(ctx: SignInCtx, given: Credentials, keys: readonly ThrottleKey[]) {
  try {
    return await ctx.issuer.issueForPassword(given, ctx.userAgent);
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

/** Null when the session may stay; it is the library's row, seen by nobody until its cookie is sent. */
async function openSession(tx: Transaction, ctx: SignInCtx, token: string): Promise<string | null> {
  const session = await tx.session.update({
    where: { token },
    data: { ipAddress: ctx.address, lastSeenAt: ctx.clock.now() },
  });
  const user = await tx.user.update({ where: { id: session.userId }, data: { seenAt: ctx.clock.now() } });
  if (user.disabledAt) {
    await tx.session.delete({ where: { token } });
    return "The account is deactivated.";
  }
  const actor = { kind: "person", id: user.id, name: user.name } as const;
  await forgetEndedSessions(tx, user.id, ctx.clock.now());
  await recordAudit(
    tx,
    { ...ctx, actor },
    {
      action: "session.create",
      subject: `person:${user.email}`,
      after: { way: "password", session: session.id, userAgent: session.userAgent },
    },
  );
  return null;
}

/** Nobody asks for them any more: they expired, or were not used for too long. */
async function forgetEndedSessions(tx: Transaction, userId: string, at: Date): Promise<void> {
  const isOver = [{ expiresAt: { lte: at } }, { lastSeenAt: { lte: idleSince(at) } }];
  await tx.session.deleteMany({ where: { userId, OR: isOver } });
}

async function recordRefusal(
  tx: Transaction,
  ctx: SignInCtx,
  refused: { email: string; reason: string },
): Promise<void> {
  const actor = { kind: "system", id: "sign-in", name: "Sign-in" } as const;
  await recordAudit(
    tx,
    { ...ctx, actor },
    {
      action: "session.refuse",
      subject: `person:${refused.email}`,
      after: { way: "password", userAgent: ctx.userAgent },
      reason: refused.reason,
    },
  );
}

import type { Session } from "../../../prisma/generated/console/client.ts";
import type { Transaction } from "../../ports/database.ts";
import type { IssuedSession } from "../../ports/session-issuer.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { tellPerson } from "../notifications/tell-person.ts";
import { describeDevice } from "./person-rules.ts";
import { idleSince } from "./session-rules.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { liveSessions } from "./store.ts";

export type Way = "password" | "wallet" | "oidc";

/** Who proved what; `factor` is the second one, where one was asked. */
export type Proof = { userId: string; way: Way; factor?: "totp" | "recovery" };

export type Opened = { kind: "open"; cookies: readonly string[] } | { kind: "refused"; reason: string };

/** The session of somebody who proved who they are; deactivated people get none. */
export async function openSession(ctx: SignInCtx, proof: Proof): Promise<Opened> {
  const issued = await ctx.issuer.issue(proof.userId, ctx.userAgent);
  const isOpen = await ctx.db.prisma.$transaction((tx) => keepSession(tx, ctx, { proof, issued }));
  if (isOpen) return { kind: "open", cookies: issued.cookies };
  return { kind: "refused", reason: "The account is deactivated." };
}

type Issue = { proof: Proof; issued: IssuedSession };

/** The library's row, seen by nobody until its cookie is sent. */
async function keepSession(tx: Transaction, ctx: SignInCtx, { proof, issued }: Issue): Promise<boolean> {
  const at = ctx.clock.now();
  const { token } = issued;
  const session = await tx.session.update({
    where: { token },
    data: { ipAddress: ctx.address, lastSeenAt: at, way: proof.way },
  });
  const user = await tx.user.update({ where: { id: session.userId }, data: { seenAt: at } });
  if (user.disabledAt) {
    await tx.session.delete({ where: { token } });
    return false;
  }
  const actor = { kind: "person", id: user.id, name: user.name } as const;
  await forgetEndedSessions(tx, user.id, at);
  const { way, factor } = proof;
  await recordAudit(
    tx,
    { ...ctx, actor },
    {
      action: "session.create",
      subject: `person:${user.email}`,
      after: { way, factor, session: session.id, userAgent: session.userAgent },
    },
  );
  await tellOfSignIn(tx, session, at);
  return true;
}

/** Somebody who is signed in elsewhere hears of it there; the first sign-in is no news. */
async function tellOfSignIn(tx: Transaction, session: Session, at: Date): Promise<void> {
  const others = await tx.session.count({
    where: { userId: session.userId, id: { not: session.id }, ...liveSessions(at) },
  });
  if (others === 0) return;
  const device = describeDevice(session.userAgent) ?? "an unknown device";
  await tellPerson(tx, session.userId, {
    kind: "session",
    tone: "info",
    title: `New sign-in to your account from ${device}`,
    detail: `${session.ipAddress ?? "Unknown address"}. If it was not you, end that session and change your password.`,
    href: "/settings/account",
    event: `session ${session.id}`,
    at,
  });
}

/** Nobody asks for them any more: they expired, or were not used for too long. */
async function forgetEndedSessions(tx: Transaction, userId: string, at: Date): Promise<void> {
  const isOver = [{ expiresAt: { lte: at } }, { lastSeenAt: { lte: idleSince(at) } }];
  await tx.session.deleteMany({ where: { userId, OR: isOver } });
}

/** Who is not known yet, acts: the audit log names the way in. */
export async function recordRefusal(
  tx: Transaction,
  ctx: SignInCtx,
  refused: { way: Way; subject: string; reason: string },
): Promise<void> {
  const actor = { kind: "system", id: "sign-in", name: "Sign-in" } as const;
  await recordAudit(
    tx,
    { ...ctx, actor },
    {
      action: "session.refuse",
      subject: refused.subject,
      after: { way: refused.way, userAgent: ctx.userAgent },
      reason: refused.reason,
    },
  );
}

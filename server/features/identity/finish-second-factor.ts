import type { Ctx } from "../../ports/ctx.ts";
import { judgeChallenge, spendChallenge } from "./challenge.ts";
import { openSession, recordRefusal, type Way } from "./open-session.ts";
import { secretPurpose, spendCode } from "./second-factor.ts";
import { type Blocked, toBlocked } from "./sign-in.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { admitTry, forgiveTries } from "./throttle.ts";
import { accountLimit } from "./throttle-rules.ts";

export type SecondFactorResult =
  | { kind: "open"; cookies: readonly string[]; recoveryLeft: number | null }
  | { kind: "wrong" }
  /** Too long ago, or begun in another browser: start again with the first factor. */
  | { kind: "over" }
  | Blocked;

export type SecondFactorInput = { challenge: string; code: string };

/** The second step of a sign-in. A wrong code leaves the first step good; five of them slow further ones down. */
export async function finishSecondFactor(
  ctx: SignInCtx,
  { challenge, code }: SecondFactorInput,
): Promise<SecondFactorResult> {
  const at = ctx.clock.now();
  const key = { kind: "second-factor", secret: challenge, browser: ctx.browser } as const;
  const begun = await ctx.db.prisma.$transaction((tx) => judgeChallenge(tx, key, at));
  if (begun.kind !== "good" || begun.userId === null) {
    await refuse(ctx, "session:unknown", `The first factor is ${begun.kind}.`);
    return { kind: "over" };
  }
  const { userId } = begun;
  const way = wayOf(ctx.vault.open(begun.payload, secretPurpose));
  const keys = [{ key: `code:${userId}`, limit: accountLimit }];
  const admission = await ctx.db.prisma.$transaction((tx) => admitTry(tx, keys, at));
  if (admission.kind === "blocked") return toBlocked(admission, at);
  const factor = await ctx.db.prisma.$transaction(async (tx) => {
    const spent = await spendCode(tx, userId, { code, vault: ctx.vault, at });
    if (spent === null) return null;
    await forgiveTries(tx, keys, at);
    // Of two who bring good codes at once, the first closes the challenge.
    return (await spendChallenge(tx, key, at)).kind === "good" ? spent : null;
  });
  if (factor === null) {
    await refuse(ctx, `person:${await emailOf(ctx, userId)}`, "The second factor is wrong.");
    return { kind: "wrong" };
  }
  const opened = await openSession(ctx, { userId, way, factor });
  if (opened.kind === "refused") return { kind: "over" };
  const recoveryLeft = factor === "recovery" ? await countRecoveryCodes(ctx, userId) : null;
  return { ...opened, recoveryLeft };
}

function refuse(ctx: SignInCtx, subject: string, reason: string): Promise<void> {
  return ctx.db.prisma.$transaction((tx) => recordRefusal(tx, ctx, { way: "password", subject, reason }));
}

function countRecoveryCodes({ db }: Pick<Ctx, "db">, userId: string): Promise<number> {
  return db.prisma.recoveryCode.count({ where: { userId, usedAt: null } });
}

async function emailOf({ db }: Pick<Ctx, "db">, id: string): Promise<string> {
  return (await db.prisma.user.findUniqueOrThrow({ where: { id } })).email;
}

function wayOf(payload: string): Way {
  return payload === "wallet" ? "wallet" : "password";
}

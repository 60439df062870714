import { randomBytes } from "node:crypto";
import type { Actor } from "../../kernel/roles.ts";
import { parsePublicKey } from "../../kernel/ss58.ts";
import { walletPurpose } from "./begin-wallet.ts";
import { type ChallengeVerdict, spendChallenge } from "./challenge.ts";
import { linkWay } from "./link-way.ts";
import { openSession, recordRefusal } from "./open-session.ts";
import { awaitSecondFactor, hasSecondFactor } from "./second-factor.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { parseWalletMessage } from "./wallet-message-rules.ts";
import { schemeOfSignature } from "./wallet-signature.ts";

export type WalletProof = { message: string; signature: string };

export type WalletResult =
  | { kind: "open"; cookies: readonly string[] }
  | { kind: "second-factor"; challenge: string }
  | { kind: "linked" }
  | { kind: "refused"; reason: string };

export type WalletFinish = WalletProof & { domain: string; actor: Actor | null };

/** The nonce is used up by the first proof that names it, a wrong one too. */
export async function finishWallet(ctx: SignInCtx, given: WalletFinish): Promise<WalletResult> {
  const message = parseWalletMessage(given.message);
  const account = message && parsePublicKey(message.address);
  if (!message || !account) return refuse(ctx, "unknown", "This is no message of this console.");
  if (message.domain !== given.domain) return refuse(ctx, account, "The message names another domain.");
  const challenge = { kind: "wallet", secret: message.nonce, browser: ctx.browser } as const;
  const verdict = await ctx.db.prisma.$transaction((tx) => spendChallenge(tx, challenge, ctx.clock.now()));
  if (verdict.kind !== "good") return refuse(ctx, account, wordsFor(verdict));
  if (ctx.vault.open(verdict.payload, walletPurpose) !== given.message)
    return refuse(ctx, account, "The message was changed after it was made.");
  const scheme = schemeOfSignature(given.message, given.signature, account);
  if (scheme === null) return refuse(ctx, account, "The signature is not of this account.");
  return verdict.userId === null ? signInAs(ctx, account) : link(ctx, { account, scheme, given, verdict });
}

type Linking = {
  account: string;
  scheme: string;
  given: WalletFinish;
  verdict: { userId: string | null };
};

async function link(ctx: SignInCtx, { account, scheme, given, verdict }: Linking): Promise<WalletResult> {
  const { actor } = given;
  if (actor?.kind !== "person" || actor.id !== verdict.userId)
    return refuse(ctx, account, "The session that began this has ended.");
  const linked = await linkWay({ ...ctx, actor }, { provider: "wallet", account, detail: scheme });
  return linked === null ? { kind: "linked" } : refuse(ctx, account, linked);
}

/** Whether an account has access is said only to who proved that it is theirs. */
async function signInAs(ctx: SignInCtx, account: string): Promise<WalletResult> {
  const where = { providerId_accountId: { providerId: "wallet", accountId: account } };
  const way = await ctx.db.prisma.account.findUnique({ where });
  if (!way) return refuse(ctx, account, "This account has no access here. Ask an admin to link it.");
  if (await hasSecondFactor(ctx.db.prisma, way.userId)) {
    const challenge = randomBytes(32).toString("base64url");
    await awaitSecondFactor(ctx, { challenge, userId: way.userId, way: "wallet" });
    return { kind: "second-factor", challenge };
  }
  const opened = await openSession(ctx, { userId: way.userId, way: "wallet" });
  return opened.kind === "open" ? opened : refuse(ctx, account, opened.reason);
}

function wordsFor(verdict: Exclude<ChallengeVerdict, { kind: "good" }>): string {
  switch (verdict.kind) {
    case "unknown":
      return "This nonce was not made here, or long ago.";
    case "other-browser":
      return "The message was made for another browser.";
    case "expired":
      return `The message expired at ${clockTime(verdict.expiresAt)}.`;
    case "used":
      return `This nonce was used before, at ${clockTime(verdict.usedAt)}.`;
  }
}

function clockTime(at: Date): string {
  return `${at.toISOString().slice(11, 19)} UTC`;
}

async function refuse(ctx: SignInCtx, account: string, reason: string): Promise<WalletResult> {
  const refused = { way: "wallet", subject: `account:${account}`, reason } as const;
  await ctx.db.prisma.$transaction((tx) => recordRefusal(tx, ctx, refused));
  return { kind: "refused", reason };
}

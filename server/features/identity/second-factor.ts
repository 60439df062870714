import { createHash, randomBytes } from "node:crypto";
import { base32 } from "@scure/base";
import type { Transaction } from "../../ports/database.ts";
import type { Vault } from "../../ports/vault.ts";
import { openChallenge } from "./challenge.ts";
import type { Way } from "./open-session.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { matchTotp, normalRecoveryCode, toTotpSecret } from "./totp-rules.ts";

export const secretPurpose = "second factor";
const awaitedMs = 5 * 60_000;
const recoveryCodes = 10;

export async function hasSecondFactor(tx: Transaction, userId: string): Promise<boolean> {
  const where = { userId, confirmedAt: { not: null } };
  return (await tx.secondFactor.findFirst({ where, select: { userId: true } })) !== null;
}

/** Remembers that the first factor was right, for five minutes and for this browser. */
export async function awaitSecondFactor(
  ctx: SignInCtx,
  { challenge, userId, way }: { challenge: string; userId: string; way: Way },
): Promise<void> {
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + awaitedMs);
  await ctx.db.prisma.$transaction((tx) =>
    openChallenge(
      tx,
      { kind: "second-factor", secret: challenge, browser: ctx.browser },
      { userId, payload: ctx.vault.seal(way, secretPurpose), createdAt, expiresAt },
    ),
  );
}

export type Given = { code: string; vault: Vault; at: Date };

/** Which factor the code is, used up by this; null when it is neither. Concurrent tries wait for each other. */
export async function spendCode(
  tx: Transaction,
  userId: string,
  { code, vault, at }: Given,
): Promise<"totp" | "recovery" | null> {
  await tx.$queryRaw`SELECT 1 FROM second_factor WHERE user_id = ${userId} FOR UPDATE`;
  const factor = await tx.secondFactor.findUnique({ where: { userId, confirmedAt: { not: null } } });
  if (!factor) return null;
  const digitsOnly = code.replace(/\s/g, "");
  const secret = toTotpSecret(vault.open(factor.secret, secretPurpose));
  const step = matchTotp(secret, digitsOnly, { at, lastStep: Number(factor.lastStep) });
  if (step !== null) {
    await tx.secondFactor.update({ where: { userId }, data: { lastStep: BigInt(step) } });
    return "totp";
  }
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, hash: hashOfRecoveryCode(code), usedAt: null },
    data: { usedAt: at },
  });
  return count === 1 ? "recovery" : null;
}

/** Ten new codes in place of the old ones: 60 random bits each, kept as hashes, told once. */
export async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => newRecoveryCode());
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, hash: hashOfRecoveryCode(code) })),
  });
  return codes;
}

function newRecoveryCode(): string {
  const text = base32.encode(randomBytes(10)).toLowerCase().slice(0, 12);
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

function hashOfRecoveryCode(code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(normalRecoveryCode(code)).digest());
}

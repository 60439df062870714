import { createHash } from "node:crypto";
import type { Transaction } from "../../ports/database.ts";

export type ChallengeKind = "provider" | "wallet" | "second-factor";

/** `secret` is what comes back (a state, a nonce), `browser` the cookie of who began. */
export type Challenge = { kind: ChallengeKind; secret: string; browser: string };

export type ChallengeFacts = { userId: string | null; payload: string; createdAt: Date; expiresAt: Date };

export type ChallengeVerdict =
  | ({ kind: "good" } & ChallengeFacts)
  | { kind: "unknown" }
  | { kind: "other-browser" }
  | { kind: "expired"; expiresAt: Date }
  | { kind: "used"; usedAt: Date };

/** Remembers that a sign-in has begun, and forgets the ones that expired long ago. */
export async function openChallenge(
  tx: Transaction,
  challenge: Challenge,
  facts: ChallengeFacts,
): Promise<void> {
  const { kind, secret, browser } = challenge;
  const keepMs = 24 * 3600_000;
  const longAgo = new Date(facts.createdAt.getTime() - keepMs);
  await tx.signInChallenge.deleteMany({ where: { expiresAt: { lt: longAgo } } });
  await tx.signInChallenge.create({
    data: { secretHash: digest(secret), browserHash: digest(browser), kind, ...facts },
  });
}

/** May this proof be looked at? Of several who ask at once the others wait until the transaction ends. */
export async function judgeChallenge(
  tx: Transaction,
  { kind, secret, browser }: Challenge,
  at: Date,
): Promise<ChallengeVerdict> {
  const secretHash = digest(secret);
  await tx.$queryRaw`SELECT 1 FROM sign_in_challenge WHERE secret_hash = ${Buffer.from(secretHash)} FOR UPDATE`;
  const row = await tx.signInChallenge.findUnique({ where: { secretHash, kind } });
  if (!row) return { kind: "unknown" };
  if (!Buffer.from(row.browserHash).equals(digest(browser))) return { kind: "other-browser" };
  if (row.usedAt) return { kind: "used", usedAt: row.usedAt };
  if (row.expiresAt <= at) return { kind: "expired", expiresAt: row.expiresAt };
  const { userId, payload, createdAt, expiresAt } = row;
  return { kind: "good", userId, payload, createdAt, expiresAt };
}

/** As `judgeChallenge`, and a good one is good no more. */
export async function spendChallenge(
  tx: Transaction,
  challenge: Challenge,
  at: Date,
): Promise<ChallengeVerdict> {
  const verdict = await judgeChallenge(tx, challenge, at);
  if (verdict.kind === "good")
    await tx.signInChallenge.update({
      where: { secretHash: digest(challenge.secret) },
      data: { usedAt: at },
    });
  return verdict;
}

function digest(text: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(text).digest();
}

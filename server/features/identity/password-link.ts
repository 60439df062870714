import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Transaction } from "../../ports/database.ts";
import type { PasswordLink } from "./schema.ts";

/** How long the link of an invitation works, and that of a reset. */
export const invitationLifeMs = 72 * 3600_000;
export const resetLifeMs = 3600_000;
const kind = "password-link:";

/** A new link for this person; earlier ones stop to work. The secret is in the fragment, which no server log sees. */
export async function issuePasswordLink(
  tx: Transaction,
  userId: string,
  { at, lifeMs }: { at: Date; lifeMs: number },
): Promise<PasswordLink> {
  await revokePasswordLinks(tx, userId);
  await tx.verification.deleteMany({ where: { expiresAt: { lte: at } } });
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = new Date(at.getTime() + lifeMs);
  await tx.verification.create({
    data: { id: randomUUID(), identifier: identifierOf(secret), value: userId, expiresAt },
  });
  return { path: `/sign-in/password#${secret}`, expiresAt: expiresAt.toISOString() };
}

/** Cheap, so that nobody can make the console hash passwords with links that are none. */
export async function isPasswordLink(tx: Transaction, secret: string, at: Date): Promise<boolean> {
  const where = { identifier: identifierOf(secret), expiresAt: { gt: at } };
  return (await tx.verification.findFirst({ where, select: { id: true } })) !== null;
}

/** Whose link it was; null for one that is unknown, used or expired. Of two who use it at once, one gets it. */
export async function consumePasswordLink(tx: Transaction, secret: string, at: Date): Promise<string | null> {
  const links = await tx.$queryRaw<{ value: string; expires_at: Date }[]>`
    DELETE FROM auth_verification WHERE identifier = ${identifierOf(secret)} RETURNING value, expires_at`;
  const link = links.find(({ expires_at }) => expires_at > at);
  return link?.value ?? null;
}

export async function revokePasswordLinks(tx: Transaction, userId: string): Promise<void> {
  await tx.verification.deleteMany({ where: { value: userId, identifier: { startsWith: kind } } });
}

/** Until when each person's link works; who has none that works is not in it. */
export async function passwordLinksOf(
  tx: Transaction,
  userIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Date>> {
  const links = await tx.verification.findMany({
    where: { value: { in: [...userIds] }, identifier: { startsWith: kind }, expiresAt: { gt: at } },
    select: { value: true, expiresAt: true },
  });
  return new Map(links.map(({ value, expiresAt }) => [value, expiresAt]));
}

/** Only the hash is stored: who reads the table cannot use the links. */
function identifierOf(secret: string): string {
  return kind + createHash("sha256").update(secret).digest("base64url");
}

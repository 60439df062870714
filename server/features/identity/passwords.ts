import { randomUUID } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import type { Transaction } from "../../ports/database.ts";

/** Where the sign-in library keeps the password of a person. */
const provider = "credential";

export async function storePasswordHash(tx: Transaction, userId: string, hash: string): Promise<void> {
  await tx.account.upsert({
    where: { providerId_accountId: { providerId: provider, accountId: userId } },
    create: { id: randomUUID(), userId, providerId: provider, accountId: userId, password: hash },
    update: { password: hash },
  });
}

/** False, after the same time, for somebody without a password. */
export async function isPasswordOf(tx: Transaction, userId: string, password: string): Promise<boolean> {
  const account = await tx.account.findUnique({
    where: { providerId_accountId: { providerId: provider, accountId: userId } },
  });
  const hash = account?.password ?? (await hashPassword("no password"));
  return (await verifyPassword({ hash, password })) && account?.password != null;
}

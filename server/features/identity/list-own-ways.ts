import type { Account } from "../../../prisma/generated/console/client.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type OwnWays, waySchema } from "./schema.ts";
import { walletAddress } from "./wallet-message-rules.ts";

/** How the person who asks signs in, and with what second factor. */
export async function listOwnWays(ctx: Pick<Ctx, "actor" | "db" | "deps">): Promise<OwnWays> {
  const { id: userId } = personOf(ctx.actor);
  const { prisma } = ctx.db;
  const accounts = await prisma.account.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const factor = await prisma.secondFactor.findUnique({ where: { userId } });
  const recoveryLeft = await prisma.recoveryCode.count({ where: { userId, usedAt: null } });
  return {
    ways: accounts.map((account) => toWay(account)),
    secondFactor: factor?.confirmedAt ? { since: factor.confirmedAt.toISOString(), recoveryLeft } : null,
    providerName: ctx.deps.identityProvider?.name ?? null,
  };
}

function toWay(account: Account): OwnWays["ways"][number] {
  const kind = waySchema.shape.kind.parse(
    account.providerId === "credential" ? "password" : account.providerId,
  );
  return { id: account.id, kind, detail: detailOf(kind, account), since: account.createdAt.toISOString() };
}

function detailOf(kind: OwnWays["ways"][number]["kind"], { accountId, scope }: Account): string | null {
  switch (kind) {
    case "password":
      return null;
    case "wallet":
      return walletAddress(accountId);
    case "oidc":
      return scope;
  }
}

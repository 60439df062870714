import { randomUUID } from "node:crypto";
import { personOf } from "../../kernel/roles.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";

export type NewWay = { provider: "wallet" | "oidc"; account: string; detail: string };

/** Null when the person has the way now; else why not. Twice is once. */
export async function linkWay(ctx: PeopleCtx, way: NewWay): Promise<string | null> {
  const { id: userId, email } = personOf(ctx.actor);
  const { provider: providerId, account: accountId, detail } = way;
  return ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.account.createMany({
      data: [{ id: randomUUID(), userId, providerId, accountId, scope: detail, createdAt: ctx.clock.now() }],
      skipDuplicates: true,
    });
    if (count === 1) {
      const after = { way: providerId, account: accountId, detail };
      await recordAudit(tx, ctx, { action: "way.link", subject: `person:${email}`, after });
      return null;
    }
    const known = await tx.account.findUnique({
      where: { providerId_accountId: { providerId, accountId } },
    });
    return known?.userId === userId ? null : "It belongs to another account of this console already.";
  });
}

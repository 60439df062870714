import type { z } from "zod";
import { conflict, notFound } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import type { unlinkWayInput } from "./schema.ts";

/** The last way stays: nobody can lock themselves out. Of two who take off one each, the second is refused. */
export async function unlinkWay(
  ctx: PeopleCtx,
  { wayId }: z.output<typeof unlinkWayInput>,
): Promise<{ left: number }> {
  const { id: userId, email } = personOf(ctx.actor);
  return ctx.db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM auth_user WHERE id = ${userId} FOR UPDATE`;
    const ways = await tx.account.findMany({ where: { userId } });
    const way = ways.find(({ id }) => id === wayId);
    if (!way) throw notFound("way to sign in", wayId);
    if (ways.length === 1)
      throw conflict("This is your last way to sign in. Add another one before you take it off.");
    await tx.account.delete({ where: { id: way.id } });
    const before = { way: way.providerId, account: way.accountId };
    await recordAudit(tx, ctx, { action: "way.unlink", subject: `person:${email}`, before });
    return { left: ways.length - 1 };
  });
}

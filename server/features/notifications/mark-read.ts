import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { MarkReadInput, Unread } from "./schema.ts";

/** Of one's own only; the other tabs and browsers of the person hear of it. */
export async function markRead(ctx: Ctx, input: MarkReadInput): Promise<Unread> {
  const { id: userId } = personOf(ctx.actor);
  const at = ctx.clock.now();
  const which = "id" in input ? BigInt(input.id) : { lte: BigInt(input.upTo) };
  return ctx.db.prisma.$transaction(async (tx) => {
    const where = { userId, readAt: null };
    const { count } = await tx.notification.updateMany({
      where: { ...where, id: which },
      data: { readAt: at },
    });
    if (count > 0) {
      const notice = encodeNotice({ topic: "notifications", network: null, ids: [userId], at: at.getTime() });
      await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
    }
    return { unread: await tx.notification.count({ where }) };
  });
}

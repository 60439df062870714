import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Unread } from "./schema.ts";

/** A person keeps few enough to count them. */
export async function countUnread({ actor, db }: Pick<Ctx, "actor" | "db">): Promise<Unread> {
  const where = { userId: personOf(actor).id, readAt: null };
  return { unread: await db.prisma.notification.count({ where }) };
}

import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { SavedViewRow } from "./schema.ts";
import { auditShared, getOwnView, readViews } from "./store.ts";

export async function deleteView(ctx: Ctx, { id }: { id: string }): Promise<SavedViewRow[]> {
  const { id: ownerId } = personOf(ctx.actor);
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = await getOwnView(tx, ownerId, id);
    await tx.savedView.delete({ where: { id } });
    await auditShared(tx, ctx, { action: "view.delete", id, before, after: null });
    return readViews(tx, ownerId);
  });
}

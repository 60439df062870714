import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { SavedViewRow, UpdateViewInput } from "./schema.ts";
import { auditShared, clearDefault, getOwnView, readViews, requireFreeName } from "./store.ts";

/** Renames, shares, replaces or makes default a view of one's own. */
export async function updateView(ctx: Ctx, { id, ...input }: UpdateViewInput): Promise<SavedViewRow[]> {
  const { id: ownerId } = personOf(ctx.actor);
  const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = await getOwnView(tx, ownerId, id);
    const after = { ...before, ...changes };
    await requireFreeName(tx, { ownerId, page: after.page, name: after.name, id });
    if (after.isDefault && !before.isDefault) await clearDefault(tx, ownerId, after.page);
    await tx.savedView.update({ where: { id }, data: changes });
    await auditShared(tx, ctx, { action: "view.update", id, before, after });
    return readViews(tx, ownerId);
  });
}

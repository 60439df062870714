import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { SavedViewRow, SaveViewInput } from "./schema.ts";
import { auditShared, clearDefault, readViews, requireFreeName } from "./store.ts";

/** Keeps the address of a page under a name. */
export async function saveView(ctx: Ctx, input: SaveViewInput): Promise<SavedViewRow[]> {
  const { id: ownerId } = personOf(ctx.actor);
  return ctx.db.prisma.$transaction(async (tx) => {
    await requireFreeName(tx, { ownerId, page: input.page, name: input.name });
    if (input.isDefault) await clearDefault(tx, ownerId, input.page);
    const { id } = await tx.savedView.create({ data: { ...input, ownerId } });
    await auditShared(tx, ctx, { action: "view.save", id, before: null, after: input });
    return readViews(tx, ownerId);
  });
}

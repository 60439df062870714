import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { SavedViewRow } from "./schema.ts";
import { readViews } from "./store.ts";

/** All of them at once: they are few, and the menu of every page shows its own. */
export async function listViews(ctx: Pick<Ctx, "actor" | "db">): Promise<SavedViewRow[]> {
  return readViews(ctx.db.prisma, personOf(ctx.actor).id);
}

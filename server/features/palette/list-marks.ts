import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import type { PaletteMark } from "./schema.ts";

/** So many of what was opened last are kept; what is pinned stays. */
export const keptRecents = 12;

/** What the person pinned, then what they opened last. */
export async function listMarks(ctx: Pick<Ctx, "actor" | "db">): Promise<PaletteMark[]> {
  return readMarks(ctx.db.prisma, personOf(ctx.actor).id);
}

export async function readMarks(
  db: Pick<Transaction, "paletteMark">,
  userId: string,
): Promise<PaletteMark[]> {
  const marks = await db.paletteMark.findMany({
    where: { userId },
    orderBy: [{ pinnedAt: { sort: "asc", nulls: "last" } }, { openedAt: "desc" }],
  });
  return marks.map(({ href, kind, label, detail, openedAt, pinnedAt }) => ({
    href,
    kind,
    label,
    detail,
    openedAt: openedAt.toISOString(),
    isPinned: pinnedAt !== null,
  }));
}

import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { keptRecents, readMarks } from "./list-marks.ts";
import type { PaletteMark, RememberMarkInput } from "./schema.ts";

/** Notes what was opened from the palette, for its list alone; the oldest that is not pinned makes room. */
export async function rememberMark(ctx: Ctx, mark: RememberMarkInput): Promise<PaletteMark[]> {
  const { id: userId } = personOf(ctx.actor);
  const openedAt = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const { href, ...shown } = mark;
    await tx.paletteMark.upsert({
      where: { userId_href: { userId, href } },
      create: { userId, ...mark, openedAt },
      update: { ...shown, openedAt },
    });
    await forgetOldest(tx, userId);
    return readMarks(tx, userId);
  });
}

async function forgetOldest(tx: Transaction, userId: string): Promise<void> {
  const old = await tx.paletteMark.findMany({
    where: { userId, pinnedAt: null },
    orderBy: { openedAt: "desc" },
    skip: keptRecents,
    select: { href: true },
  });
  await tx.paletteMark.deleteMany({ where: { userId, href: { in: old.map(({ href }) => href) } } });
}

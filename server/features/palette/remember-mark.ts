import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { keptRecents, readMarks } from "./list-marks.ts";
import type { PaletteMark, RememberMarkInput } from "./schema.ts";

/** Notes what was opened from the palette; the oldest that is not pinned makes room. */
export async function rememberMark(ctx: Ctx, mark: RememberMarkInput): Promise<PaletteMark[]> {
  const { id: userId, email } = personOf(ctx.actor);
  const openedAt = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const { href, ...shown } = mark;
    await tx.paletteMark.upsert({
      where: { userId_href: { userId, href } },
      create: { userId, ...mark, openedAt },
      update: { ...shown, openedAt },
    });
    await forgetOldest(tx, userId);
    await recordAudit(tx, ctx, { action: "palette.open", subject: `person:${email}`, after: { href } });
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

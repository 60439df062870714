import { conflict } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { readMarks } from "./list-marks.ts";
import type { PaletteMark, PinMarkInput } from "./schema.ts";

const mostPinned = 50;

/** Pins an address to the top of the palette, or lets it go; then it stays among what was opened last. */
export async function pinMark(ctx: Ctx, { isPinned, ...mark }: PinMarkInput): Promise<PaletteMark[]> {
  const { id: userId, email } = personOf(ctx.actor);
  const at = ctx.clock.now();
  const pinnedAt = isPinned ? at : null;
  return ctx.db.prisma.$transaction(async (tx) => {
    const pinned = await tx.paletteMark.count({ where: { userId, pinnedAt: { not: null } } });
    if (isPinned && pinned >= mostPinned)
      throw conflict(`${mostPinned} pages are pinned. Let one go before another is pinned.`);
    await tx.paletteMark.upsert({
      where: { userId_href: { userId, href: mark.href } },
      create: { userId, ...mark, openedAt: at, pinnedAt },
      update: { pinnedAt },
    });
    await recordAudit(tx, ctx, {
      action: "palette.pin",
      subject: `person:${email}`,
      after: { href: mark.href, isPinned },
    });
    return readMarks(tx, userId);
  });
}

import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "./record-audit.ts";

/** Asks for a walk along the whole chain; the web process that is free does it, and the page hears when it ended. */
export async function checkChain(ctx: Ctx): Promise<{ isChecking: true }> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const at = ctx.clock.now();
    await tx.$executeRaw`INSERT INTO audit_check (asked_at, asked_by) VALUES (${at}, ${ctx.actor.name})`;
    await recordAudit(tx, ctx, { action: "audit.check", subject: "audit:chain" });
  });
  return { isChecking: true };
}

import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";

/** Somebody without the role tried: the audit log says who and where. */
export async function refuseUpload(ctx: Ctx, path: string): Promise<void> {
  const record = {
    action: "agent.refuse",
    subject: `${ctx.actor.kind}:${ctx.actor.id}`,
    after: { call: path },
    reason: "This needs the role developer.",
  };
  await ctx.db.prisma.$transaction((tx) => recordAudit(tx, ctx, record));
}

import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { clearStaging } from "./clear-staging.ts";
import { requireOpen, requireUpload } from "./upload-store.ts";

/** Nothing of it is left afterwards. */
export async function giveUpUpload(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const upload = await requireUpload(ctx, id);
  requireOpen(upload);
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.agentUpload.update({ where: { id }, data: { state: "given_up", touchedAt: ctx.clock.now() } });
    await recordAudit(tx, ctx, { action: "agent.upload.discard", subject: `agent-upload:${id}` });
  });
  await clearStaging(ctx, upload, 0);
}

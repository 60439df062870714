import { z } from "zod";
import type { Ctx } from "../../ports/ctx.ts";
import { clearStaging } from "./clear-staging.ts";

const filesSchema = z.array(z.object({ name: z.string(), bytes: z.int(), storeId: z.string() }));
const atOnce = 50;
/** Whoever was checking for longer than this is gone. */
const stuckMs = 15 * 60_000;

/** Takes away what uploads left that nobody went on with, or whose process died. */
export async function sweepUploads(ctx: Pick<Ctx, "db" | "deps" | "clock">): Promise<number> {
  const at = ctx.clock.now();
  const left = await ctx.db.prisma.agentUpload.findMany({
    where: {
      isCleared: false,
      OR: [
        { expiresAt: { lte: at } },
        { state: { in: ["done", "given_up"] }, touchedAt: { lte: new Date(at.getTime() - 60_000) } },
        { state: "completing", touchedAt: { lte: new Date(at.getTime() - stuckMs) } },
      ],
    },
    orderBy: { expiresAt: "asc" },
    take: atOnce,
  });
  for (const upload of left) {
    await clearStaging(ctx, { id: upload.id, files: filesSchema.parse(upload.files) });
    if (upload.state === "completing" || upload.state === "open")
      await ctx.db.prisma.agentUpload.updateMany({
        where: { id: upload.id, state: upload.state },
        data: { state: "given_up" },
      });
  }
  return left.length;
}

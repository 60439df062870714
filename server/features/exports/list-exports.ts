import type { Ctx } from "../../ports/ctx.ts";
import type { ExportJob } from "./schema.ts";
import { ownerOf, toExportJob } from "./store.ts";

const maxListed = 50;

/** The caller's own jobs, newest first. Sweeps take old ones away, so there is one page. */
export async function listExports(ctx: Ctx): Promise<ExportJob[]> {
  const rows = await ctx.db.prisma.exportJob.findMany({
    where: { ownerId: ownerOf(ctx), state: { not: "removed" } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: maxListed,
  });
  return rows.map(toExportJob);
}

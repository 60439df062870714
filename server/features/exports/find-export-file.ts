import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { ExportJob } from "./schema.ts";
import { getOwnJob, toExportJob } from "./store.ts";

/** The finished file of one of the caller's own jobs: what it is called for people and in the folder. */
export async function findExportFile(ctx: Ctx, id: string): Promise<{ job: ExportJob; artefact: string }> {
  const row = await ctx.db.prisma.$transaction((tx) => getOwnJob(tx, ctx, id));
  const job = toExportJob(row);
  if (job.state === "expired") throw conflict("The file is gone. Export it again.");
  if (job.state !== "done") throw conflict(`There is no file: this export is ${job.state}.`);
  return { job, artefact: artefactOf(row) };
}

/** Another attempt is another file, so that two writers never share one. */
export function artefactOf({ id, attempt }: { id: string; attempt: number }): string {
  return `${id}-${attempt}`;
}

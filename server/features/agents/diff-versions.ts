import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { diffManifests } from "./diff-rules.ts";
import type { DiffVersionsInput, VersionDiff } from "./schema.ts";
import { toVersion } from "./store.ts";

/** What a version says of itself that an earlier one does not; null = the one that was uploaded before it. */
export async function diffVersions(
  { db }: Pick<Ctx, "db">,
  { agentId, cid, against }: DiffVersionsInput,
): Promise<VersionDiff> {
  const after = await db.prisma.agentVersion.findUnique({ where: { agentId_cid: { agentId, cid } } });
  if (!after) throw notFound("version", cid);
  const before = await db.prisma.agentVersion.findFirst({
    where: against ? { agentId, cid: against } : { agentId, uploadedAt: { lt: after.uploadedAt } },
    orderBy: [{ uploadedAt: "desc" }, { cid: "asc" }],
  });
  if (!before && against) throw notFound("version", against);
  return {
    before: before && toVersion(before),
    after: toVersion(after),
    changes: before ? diffManifests(before.manifest, after.manifest) : [],
  };
}

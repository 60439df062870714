import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { manifestSchema } from "./manifest-schema.ts";
import { type VersionDetail, type VersionInput, versionFileSchema } from "./schema.ts";
import { toState, toVersion } from "./store.ts";

/** A version with its manifest, files and what happened to it. */
export async function getVersion(
  { db }: Pick<Ctx, "db">,
  { agentId, cid }: VersionInput,
): Promise<VersionDetail> {
  const found = await db.prisma.agentVersion.findUnique({
    where: { agentId_cid: { agentId, cid } },
    include: { transitions: { orderBy: { id: "desc" }, take: 100 } },
  });
  if (!found) throw notFound("version", cid);
  return {
    version: toVersion(found),
    manifest: manifestSchema.parse(found.manifest),
    manifestText: found.manifestText,
    files: versionFileSchema.array().parse(found.files),
    transitions: found.transitions.map(({ id, fromState, toState: to, actorName, reason, at }) => ({
      id: String(id),
      from: fromState === null ? null : toState(fromState),
      to: toState(to),
      actor: actorName,
      reason,
      at: at.toISOString(),
    })),
  };
}

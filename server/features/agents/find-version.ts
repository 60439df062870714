import type { Ctx } from "../../ports/ctx.ts";
import type { Version, VersionInput } from "./schema.ts";
import { toVersion } from "./store.ts";

/** Null where this content was not uploaded for this agent: no fault, but what a new upload asks. */
export async function findVersion(
  { db }: Pick<Ctx, "db">,
  { agentId, cid }: VersionInput,
): Promise<Version | null> {
  const found = await db.prisma.agentVersion.findUnique({ where: { agentId_cid: { agentId, cid } } });
  return found && toVersion(found);
}

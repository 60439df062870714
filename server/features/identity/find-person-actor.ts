import type { Actor } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { toGrant } from "./store.ts";

/**
 * Somebody with the grants of today, for work that goes on in their name after their request ended. `sessionId` says what
 * acts for them. Null when they are gone or deactivated.
 */
export async function findPersonActor(
  { db }: Pick<Ctx, "db">,
  { id, sessionId }: { id: string; sessionId: string },
): Promise<Actor | null> {
  const user = await db.prisma.user.findUnique({ where: { id }, include: { grants: true } });
  if (!user || user.disabledAt) return null;
  const { name, email, grants } = user;
  return { kind: "person", id, name, email, sessionId, grants: grants.map((grant) => toGrant(grant)) };
}

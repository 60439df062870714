import type { z } from "zod";
import type { PeopleCtx } from "./create-person.ts";
import { type Revoked, revokeSessions } from "./revoke-sessions.ts";
import type { revokeSessionsOfInput } from "./schema.ts";
import { getPerson } from "./store.ts";

/** By an admin: one session of somebody, or all. */
export async function revokeSessionsOf(
  ctx: PeopleCtx,
  { personId, sessionId, reason }: z.output<typeof revokeSessionsOfInput>,
): Promise<Revoked> {
  const { email } = await getPerson(ctx.db.prisma, personId, ctx.clock.now());
  const where = { userId: personId, ...(sessionId ? { id: sessionId } : {}) };
  const tells = { userId: personId, by: ctx.actor.name };
  return revokeSessions(ctx, "session.revoke", { where, email, reason, tells });
}

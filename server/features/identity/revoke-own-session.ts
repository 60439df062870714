import type { z } from "zod";
import { notFound } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import type { PeopleCtx } from "./create-person.ts";
import { type Revoked, revokeSessions } from "./revoke-sessions.ts";
import type { revokeSessionInput } from "./schema.ts";

/** One of one's own sessions; the one that asks may end itself. */
export async function revokeOwnSession(
  ctx: PeopleCtx,
  { sessionId }: z.output<typeof revokeSessionInput>,
): Promise<Revoked> {
  const { id: userId, email } = personOf(ctx.actor);
  const revoked = await revokeSessions(ctx, "session.revoke", { where: { id: sessionId, userId }, email });
  if (revoked.ended === 0) throw notFound("session", sessionId);
  return revoked;
}

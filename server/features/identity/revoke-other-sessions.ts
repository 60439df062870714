import type { PeopleCtx } from "./create-person.ts";
import { requirePerson } from "./require-person.ts";
import { type Revoked, revokeSessions } from "./revoke-sessions.ts";

/** All of one's own sessions but the one that asks. */
export function revokeOtherSessions(ctx: PeopleCtx): Promise<Revoked> {
  const { id: userId, email, sessionId } = requirePerson(ctx.actor);
  return revokeSessions(ctx, "session.revoke", { where: { userId, id: { not: sessionId } }, email });
}

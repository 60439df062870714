import { personOf } from "../../kernel/roles.ts";
import type { PeopleCtx } from "./create-person.ts";
import { type Revoked, revokeSessions } from "./revoke-sessions.ts";

/** All of one's own sessions but the one that asks. */
export function revokeOtherSessions(ctx: PeopleCtx): Promise<Revoked> {
  const { id: userId, email, sessionId } = personOf(ctx.actor);
  return revokeSessions(ctx, "session.revoke", { where: { userId, id: { not: sessionId } }, email });
}

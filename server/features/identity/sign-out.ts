import { personOf } from "../../kernel/roles.ts";
import type { PeopleCtx } from "./create-person.ts";
import { type Revoked, revokeSessions } from "./revoke-sessions.ts";

/** Signing out is ending the session that asks. */
export function signOut(ctx: PeopleCtx): Promise<Revoked> {
  const { id: userId, email, sessionId } = personOf(ctx.actor);
  return revokeSessions(ctx, "session.end", { where: { userId, id: sessionId }, email });
}

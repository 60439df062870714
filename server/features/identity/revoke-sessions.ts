import type { Prisma } from "../../../prisma/generated/console/client.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { endSessions } from "./store.ts";

export type Revoked = { ended: number };
export type Revocation = { where: Prisma.SessionWhereInput; email: string; reason?: string };

/** Ends the sessions of one person that fit, on the page and on the socket; none fitting is no change. */
export function revokeSessions(
  ctx: PeopleCtx,
  action: "session.revoke" | "session.end",
  { where, email, reason }: Revocation,
): Promise<Revoked> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const ids = await endSessions(tx, where, ctx.clock.now());
    if (ids.length > 0)
      await recordAudit(tx, ctx, {
        action,
        subject: `person:${email}`,
        before: { sessions: ids },
        after: { sessions: [] },
        ...(reason ? { reason } : {}),
      });
    return { ended: ids.length };
  });
}

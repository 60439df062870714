import type { Prisma } from "../../../prisma/generated/console/client.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { tellPerson } from "../notifications/tell-person.ts";
import type { PeopleCtx } from "./create-person.ts";
import { endSessions } from "./store.ts";

export type Revoked = { ended: number };
export type Revocation = {
  where: Prisma.SessionWhereInput;
  email: string;
  reason?: string;
  /** Where somebody else does it, the person is told by whom. */
  tells?: Tells;
};
type Tells = { userId: string; by: string };

/** Ends the sessions of one person that fit, on the page and on the socket; none fitting is no change. */
export function revokeSessions(
  ctx: PeopleCtx,
  action: "session.revoke" | "session.end",
  { where, email, reason, tells }: Revocation,
): Promise<Revoked> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const at = ctx.clock.now();
    const ids = await endSessions(tx, where, at);
    const [first] = ids;
    if (first === undefined) return { ended: 0 };
    if (tells) await tellOfEnd(tx, { ...tells, first, ended: ids.length, at });
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

type End = Tells & { first: string; ended: number; at: Date };

async function tellOfEnd(tx: Transaction, { userId, by, first, ended, at }: End): Promise<void> {
  await tellPerson(tx, userId, {
    kind: "session",
    tone: "warn",
    title: ended === 1 ? `${by} ended a session of yours` : `${by} ended ${ended} sessions of yours`,
    detail: "",
    href: "/settings/account",
    event: `revoked ${first}`,
    at,
  });
}

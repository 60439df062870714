import type { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { isAdminEverywhere } from "./person-rules.ts";
import type { Person, updateGrantsInput } from "./schema.ts";
import {
  announceSessions,
  fromGrant,
  getPerson,
  liveSessions,
  lockAdmins,
  requireAnotherAdmin,
} from "./store.ts";

/** Replaces what somebody may do. Their open sockets have to prove themselves again. */
export async function updateGrants(
  ctx: PeopleCtx,
  input: z.output<typeof updateGrantsInput>,
): Promise<Person> {
  const { personId, grants, reason } = input;
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await getPerson(tx, personId, at);
    if (!isAdminEverywhere(grants)) await requireAnotherAdmin(tx, before);
    await tx.roleGrant.deleteMany({ where: { userId: personId } });
    await tx.roleGrant.createMany({
      data: grants.map((grant) => ({ userId: personId, ...fromGrant(grant) })),
      skipDuplicates: true,
    });
    const after = await getPerson(tx, personId, at);
    await recordAudit(tx, ctx, {
      action: "person.grant",
      subject: `person:${after.email}`,
      before: { grants: before.grants },
      after: { grants: after.grants },
      reason,
    });
    const sessions = await tx.session.findMany({
      where: { userId: personId, ...liveSessions(at) },
      select: { id: true },
    });
    await announceSessions(
      tx,
      sessions.map(({ id }) => id),
      at,
    );
    return after;
  });
}

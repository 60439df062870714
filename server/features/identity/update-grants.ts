import type { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { changesOfGrants } from "./claim-rules.ts";
import type { PeopleCtx } from "./create-person.ts";
import { isAdminEverywhere } from "./person-rules.ts";
import type { Person, updateGrantsInput } from "./schema.ts";
import { announceSessionsOf, fromGrant, getPerson, lockAdmins, requireAnotherAdmin } from "./store.ts";

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
    // What stays keeps its source: a role that claims gave is still theirs to take.
    const { given, taken } = changesOfGrants(before.grants, grants);
    for (const grant of taken)
      await tx.roleGrant.deleteMany({ where: { userId: personId, ...fromGrant(grant) } });
    await tx.roleGrant.createMany({
      data: given.map((grant) => ({ userId: personId, ...fromGrant(grant) })),
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
    await announceSessionsOf(tx, personId, at);
    return after;
  });
}

import type { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import type { Person, personReasonInput } from "./schema.ts";
import { getPerson } from "./store.ts";

/** The person may sign in again, with the roles that they had. */
export async function enablePerson(
  ctx: PeopleCtx,
  input: z.output<typeof personReasonInput>,
): Promise<Person> {
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = await getPerson(tx, input.personId, at);
    if (!before.disabledAt) return before;
    await tx.user.update({ where: { id: before.id }, data: { disabledAt: null } });
    const after = await getPerson(tx, before.id, at);
    await recordAudit(tx, ctx, {
      action: "person.enable",
      subject: `person:${before.email}`,
      before: { state: before.state },
      after: { state: after.state, grants: after.grants },
      reason: input.reason,
    });
    return after;
  });
}

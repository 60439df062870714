import type { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { revokePasswordLinks } from "./password-link.ts";
import type { Person, personReasonInput } from "./schema.ts";
import { endSessions, getPerson, lockAdmins, requireAnotherAdmin } from "./store.ts";

/** Nothing of the person is deleted: roles stay, sessions and links end. Twice is once. */
export async function disablePerson(
  ctx: PeopleCtx,
  input: z.output<typeof personReasonInput>,
): Promise<Person> {
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await getPerson(tx, input.personId, at);
    if (before.disabledAt) return before;
    await requireAnotherAdmin(tx, before);
    await tx.user.update({ where: { id: before.id }, data: { disabledAt: at } });
    await endSessions(tx, { userId: before.id }, at);
    await revokePasswordLinks(tx, before.id);
    const after = await getPerson(tx, before.id, at);
    await recordAudit(tx, ctx, {
      action: "person.disable",
      subject: `person:${before.email}`,
      before: { state: before.state, sessions: before.sessions },
      after: { state: after.state, sessions: after.sessions },
      reason: input.reason,
    });
    return after;
  });
}

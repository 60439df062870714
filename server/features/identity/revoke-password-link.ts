import type { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { revokePasswordLinks } from "./password-link.ts";
import type { Person, personReasonInput } from "./schema.ts";
import { getPerson } from "./store.ts";

/** The link that somebody was given or sent is of no use any more. Twice is once. */
export async function revokePasswordLink(
  ctx: PeopleCtx,
  input: z.output<typeof personReasonInput>,
): Promise<Person> {
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = await getPerson(tx, input.personId, at);
    if (before.linkExpiresAt === null) return before;
    await revokePasswordLinks(tx, before.id);
    const after = await getPerson(tx, before.id, at);
    await recordAudit(tx, ctx, {
      action: "person.unlink",
      subject: `person:${before.email}`,
      before: { linkExpiresAt: before.linkExpiresAt },
      after: { linkExpiresAt: after.linkExpiresAt },
      reason: input.reason,
    });
    return after;
  });
}

import type { z } from "zod";
import { conflict } from "../../kernel/errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { invitationLifeMs, issuePasswordLink } from "./password-link.ts";
import type { PasswordLink, personInput } from "./schema.ts";
import { getPerson } from "./store.ts";

/** For somebody who lost the password or the first link. The old password works until the link is used. */
export async function createPasswordLink(
  ctx: PeopleCtx,
  input: z.output<typeof personInput>,
): Promise<PasswordLink> {
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const person = await getPerson(tx, input.personId, at);
    if (person.disabledAt) throw conflict(`${person.name} is deactivated. Activate the account first.`);
    const link = await issuePasswordLink(tx, person.id, { at, lifeMs: invitationLifeMs });
    await recordAudit(tx, ctx, {
      action: "person.link",
      subject: `person:${person.email}`,
      after: { expiresAt: link.expiresAt },
    });
    return link;
  });
}

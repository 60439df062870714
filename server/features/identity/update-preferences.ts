import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { requirePerson } from "./require-person.ts";
import type { Preferences } from "./schema.ts";
import { readPreferences } from "./store.ts";

export async function updatePreferences(ctx: PeopleCtx, input: Preferences): Promise<Preferences> {
  const { id, email } = requirePerson(ctx.actor);
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = readPreferences((await tx.user.findUnique({ where: { id } }))?.preferences);
    await tx.user.update({ where: { id }, data: { preferences: input } });
    await recordAudit(tx, ctx, {
      action: "preferences.update",
      subject: `person:${email}`,
      before,
      after: input,
    });
    return input;
  });
}

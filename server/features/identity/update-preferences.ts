import { personOf } from "../../kernel/roles.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import type { Preferences, UpdatePreferencesInput } from "./schema.ts";
import { readPreferences } from "./store.ts";

export async function updatePreferences(ctx: PeopleCtx, input: UpdatePreferencesInput): Promise<Preferences> {
  const { id, email } = personOf(ctx.actor);
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = readPreferences((await tx.user.findUnique({ where: { id } }))?.preferences);
    const after = readPreferences({ ...before, ...input });
    await tx.user.update({ where: { id }, data: { preferences: after } });
    await recordAudit(tx, ctx, {
      action: "preferences.update",
      subject: `person:${email}`,
      before,
      after,
    });
    return after;
  });
}

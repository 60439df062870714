import { hashPassword } from "better-auth/crypto";
import type { z } from "zod";
import { msBetween } from "../../kernel/clock.ts";
import { invalid, tooMany } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { isPasswordOf, storePasswordHash } from "./passwords.ts";
import type { changePasswordInput } from "./schema.ts";
import { endSessions } from "./store.ts";
import { admitTry, forgiveTries } from "./throttle.ts";
import { accountLimit } from "./throttle-rules.ts";

/** Needs the current one, so that an unattended screen is not enough. Other sessions of the person end. */
export async function changePassword(
  ctx: PeopleCtx,
  input: z.output<typeof changePasswordInput>,
): Promise<{ sessionsEnded: number }> {
  const person = personOf(ctx.actor);
  const at = ctx.clock.now();
  const keys = [{ key: `password:${person.id}`, limit: accountLimit }];
  const admission = await ctx.db.prisma.$transaction((tx) => admitTry(tx, keys, at));
  if (admission.kind === "blocked")
    throw tooMany(
      "Too many wrong passwords. Wait a moment.",
      Math.ceil(msBetween(at, admission.until) / 1000),
    );
  if (!(await isPasswordOf(ctx.db.prisma, person.id, input.current)))
    throw invalid("The current password is wrong.");
  const hash = await hashPassword(input.next);
  return ctx.db.prisma.$transaction(async (tx) => {
    await forgiveTries(tx, keys, at);
    await storePasswordHash(tx, person.id, hash);
    const ended = await endSessions(tx, { userId: person.id, id: { not: person.sessionId } }, at);
    await recordAudit(tx, ctx, {
      action: "password.change",
      subject: `person:${person.email}`,
      after: { sessionsEnded: ended.length },
    });
    return { sessionsEnded: ended.length };
  });
}

import { hashPassword } from "better-auth/crypto";
import type { z } from "zod";
import { type AppError, invalid } from "../../kernel/errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleCtx } from "./create-person.ts";
import { consumePasswordLink, isPasswordLink } from "./password-link.ts";
import { storePasswordHash } from "./passwords.ts";
import type { setPasswordByLinkInput } from "./schema.ts";
import { endSessions } from "./store.ts";
import { tellAdminsOfArrival } from "./tell-admins.ts";

/** The one change that needs no session: the link is the proof, and works once. All sessions of the person end. */
export async function setPasswordByLink(
  ctx: Omit<PeopleCtx, "actor">,
  input: z.output<typeof setPasswordByLinkInput>,
): Promise<{ email: string }> {
  const at = ctx.clock.now();
  if (!(await isPasswordLink(ctx.db.prisma, input.secret, at))) throw unusable();
  const hash = await hashPassword(input.password);
  return ctx.db.prisma.$transaction(async (tx) => {
    const userId = await consumePasswordLink(tx, input.secret, at);
    const user = userId ? await tx.user.findUnique({ where: { id: userId, disabledAt: null } }) : null;
    if (!user) throw unusable();
    const isArrival = (await tx.account.count({ where: { userId: user.id } })) === 0;
    await storePasswordHash(tx, user.id, hash);
    if (isArrival) await tellAdminsOfArrival(tx, user, at);
    const ended = await endSessions(tx, { userId: user.id }, at);
    const actor = { kind: "person", id: user.id, name: user.name } as const;
    await recordAudit(
      tx,
      { ...ctx, actor },
      {
        action: "password.set",
        subject: `person:${user.email}`,
        after: { by: "link", sessionsEnded: ended.length },
      },
    );
    return { email: user.email };
  });
}

function unusable(): AppError {
  return invalid("This link was used before or has expired. Ask an admin for a new one.");
}

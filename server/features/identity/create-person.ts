import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { z } from "zod";
import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { invitationLifeMs, issuePasswordLink } from "./password-link.ts";
import { storePasswordHash } from "./passwords.ts";
import type { createPersonInput, createPersonOutput } from "./schema.ts";
import { fromGrant, getPerson } from "./store.ts";

/** Lets somebody in: with a password that the admin hands over, or with a link that is shown once. */
export async function createPerson(
  ctx: PeopleCtx,
  input: z.output<typeof createPersonInput>,
): Promise<z.output<typeof createPersonOutput>> {
  const { name, email, grants, password } = input;
  const hash = password ? await hashPassword(password) : null;
  const id = randomUUID();
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.user.createMany({
      data: [{ id, name, email, createdAt: at }],
      skipDuplicates: true,
    });
    if (count === 0) throw conflict(`There is somebody with the address ${email} already.`);
    await tx.roleGrant.createMany({
      data: grants.map((grant) => ({ userId: id, ...fromGrant(grant) })),
      skipDuplicates: true,
    });
    if (hash) await storePasswordHash(tx, id, hash);
    const link = hash ? null : await issuePasswordLink(tx, id, { at, lifeMs: invitationLifeMs });
    const person = await getPerson(tx, id, at);
    await recordAudit(tx, ctx, {
      action: "person.create",
      subject: `person:${email}`,
      after: { name, email, grants: person.grants, by: hash ? "password" : "link" },
    });
    return { person, link };
  });
}

/** What the verbs about people need: everything but the outside world. */
export type PeopleCtx = Pick<Ctx, "actor" | "db" | "clock" | "requestId" | "address">;

import { hashPassword } from "better-auth/crypto";
import type { z } from "zod";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { createPerson, type PeopleCtx } from "./create-person.ts";
import { isPasswordOf, storePasswordHash } from "./passwords.ts";
import type { Person, provisionedPerson } from "./schema.ts";
import { endSessions, fromGrant, getPerson, lockAdmins } from "./store.ts";

export type Provisioned = "created" | "updated" | "unchanged";
type Wanted = z.output<typeof provisionedPerson>;

/** From the command line: makes an account be as wanted, with this password and exactly these roles. Twice is once. */
export async function provisionPerson(ctx: PeopleCtx, wanted: Wanted): Promise<Provisioned> {
  const known = await ctx.db.prisma.user.findUnique({ where: { email: wanted.email }, select: { id: true } });
  if (!known) {
    await createPerson(ctx, wanted);
    return "created";
  }
  const hash = (await isPasswordOf(ctx.db.prisma, known.id, wanted.password))
    ? null
    : await hashPassword(wanted.password);
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await getPerson(tx, known.id, ctx.clock.now());
    if (!hash && isAsWanted(before, wanted)) return "unchanged";
    const after = await bringAbout(tx, { ctx, before, wanted, hash });
    await recordAudit(tx, ctx, {
      action: "person.provision",
      subject: `person:${wanted.email}`,
      before: { name: before.name, state: before.state, grants: before.grants },
      after: { name: after.name, state: after.state, grants: after.grants, isPasswordNew: hash !== null },
    });
    return "updated";
  });
}

type Change = { ctx: PeopleCtx; before: Person; wanted: Wanted; hash: string | null };

async function bringAbout(tx: Transaction, { ctx, before, wanted, hash }: Change): Promise<Person> {
  const at = ctx.clock.now();
  const userId = before.id;
  await tx.user.update({ where: { id: userId }, data: { name: wanted.name, disabledAt: null } });
  await tx.roleGrant.deleteMany({ where: { userId } });
  await tx.roleGrant.createMany({ data: wanted.grants.map((grant) => ({ userId, ...fromGrant(grant) })) });
  if (hash) await storePasswordHash(tx, userId, hash);
  await endSessions(tx, { userId }, at);
  return getPerson(tx, userId, at);
}

function isAsWanted(person: Person, wanted: Wanted): boolean {
  const sorted = (grants: Person["grants"]) =>
    grants.map(({ role, network, environment }) => JSON.stringify([role, network, environment])).sort();
  return (
    person.name === wanted.name &&
    person.disabledAt === null &&
    JSON.stringify(sorted(person.grants)) === JSON.stringify(sorted(wanted.grants))
  );
}

import { randomUUID } from "node:crypto";
import type { Grant } from "../../kernel/roles.ts";
import type { Transaction } from "../../ports/database.ts";
import type { Claims } from "../../ports/identity-provider.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { changesOfGrants, grantsOfClaims } from "./claim-rules.ts";
import { revokePasswordLinks } from "./password-link.ts";
import { isAdminEverywhere } from "./person-rules.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { announceSessionsOf, fromGrant, getPerson, hasAnotherAdmin, lockAdmins, toGrant } from "./store.ts";
import { tellAdminsOfArrival } from "./tell-admins.ts";

export type Admission = { kind: "admitted"; userId: string } | { kind: "refused"; reason: string };
export type Asked = { claims: Claims; roleMap: ReadonlyMap<string, readonly Grant[]> };

/**
 * Whose account this is, with the roles that the claims give today. Somebody new gets an account when a claim gives a
 * role. Somebody who was invited to the same verified address gets in too; an account that is in use already is joined
 * only by its owner, in the settings, so that a provider's word about an address cannot take it over.
 */
export function admitClaims(ctx: SignInCtx, { claims, roleMap }: Asked): Promise<Admission> {
  const wanted = grantsOfClaims(claims.groups, roleMap);
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockAdmins(tx);
    const known = await tx.account.findUnique({
      where: { providerId_accountId: { providerId: "oidc", accountId: accountOf(claims) } },
    });
    const owner = known
      ? ({ kind: "admitted", userId: known.userId } as const)
      : await findOwner(tx, ctx, { claims, wanted });
    if (owner.kind === "refused") return owner;
    if (!known) await addWay(tx, ctx, { claims, userId: owner.userId });
    await followClaims(tx, ctx, { userId: owner.userId, wanted });
    return owner;
  });
}

type Newcomer = { claims: Claims; wanted: readonly Grant[] };

async function findOwner(tx: Transaction, ctx: SignInCtx, { claims, wanted }: Newcomer): Promise<Admission> {
  const { verifiedEmail: email, name } = claims;
  if (email === null) return { kind: "refused", reason: "The provider tells no verified e-mail address." };
  const user = await tx.user.findUnique({
    where: { email },
    include: { accounts: { select: { id: true } } },
  });
  if (user && user.accounts.length > 0) {
    const reason =
      "The address belongs to an account that signs in otherwise; its owner can link the provider.";
    return { kind: "refused", reason };
  }
  if (user) return { kind: "admitted", userId: user.id };
  if (wanted.length === 0) return { kind: "refused", reason: "No claim gives a role here." };
  const id = randomUUID();
  await tx.user.create({
    data: { id, email, name: (name ?? email).slice(0, 80), createdAt: ctx.clock.now() },
  });
  return { kind: "admitted", userId: id };
}

async function addWay(
  tx: Transaction,
  ctx: SignInCtx,
  { claims, userId }: { claims: Claims; userId: string },
) {
  const at = ctx.clock.now();
  const detail = claims.verifiedEmail ?? claims.name ?? claims.subject;
  await tx.account.create({
    data: {
      ...{ id: randomUUID(), userId, providerId: "oidc", accountId: accountOf(claims) },
      scope: detail,
      createdAt: at,
    },
  });
  const person = await getPerson(tx, userId, at);
  const after = { way: "oidc", account: accountOf(claims) };
  await recordAudit(
    tx,
    { ...ctx, actor: provider },
    { action: "way.link", subject: `person:${person.email}`, after },
  );
  // The invitation is taken up; its link would set a password for an account that is in use.
  await revokePasswordLinks(tx, userId);
  await tellAdminsOfArrival(tx, person, at);
}

/** What an admin gave stays; what the claims gave before and no longer give is taken, but never from the last admin. */
async function followClaims(
  tx: Transaction,
  ctx: SignInCtx,
  { userId, wanted }: { userId: string; wanted: readonly Grant[] },
): Promise<void> {
  const at = ctx.clock.now();
  const before = await getPerson(tx, userId, at);
  const rows = await tx.roleGrant.findMany({ where: { userId } });
  const byClaims = rows.filter(({ source }) => source === "claims").map((row) => toGrant(row));
  const { given, taken } = changesOfGrants(byClaims, wanted);
  const losesAdmin = isAdminEverywhere(taken) && !(await hasAnotherAdmin(tx, userId));
  const going = losesAdmin ? taken.filter((grant) => !isAdminEverywhere([grant])) : taken;
  for (const grant of going)
    await tx.roleGrant.deleteMany({ where: { userId, source: "claims", ...fromGrant(grant) } });
  await tx.roleGrant.createMany({
    data: given.map((grant) => ({ userId, source: "claims", ...fromGrant(grant) })),
    skipDuplicates: true,
  });
  const after = await getPerson(tx, userId, at);
  if (JSON.stringify(before.grants) === JSON.stringify(after.grants)) return;
  await recordAudit(
    tx,
    { ...ctx, actor: provider },
    {
      action: "person.grant",
      subject: `person:${after.email}`,
      before: { grants: before.grants },
      after: { grants: after.grants },
      reason: losesAdmin
        ? "By claims; the last admin keeps the role."
        : "By claims of the identity provider.",
    },
  );
  await announceSessionsOf(tx, userId, at);
}

const provider = { kind: "system", id: "identity-provider", name: "Identity provider" } as const;

/** Unique for all time: subjects are unique within their issuer. */
export function accountOf({ issuer, subject }: Claims): string {
  return `${issuer} ${subject}`;
}

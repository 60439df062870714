import { z } from "zod";
import type { Prisma } from "../../../prisma/generated/console/client.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import { networkById, networkByName } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Grant } from "../../kernel/roles.ts";
import type { Transaction } from "../../ports/database.ts";
import { passwordLinksOf } from "./password-link.ts";
import { isAdminEverywhere } from "./person-rules.ts";
import { grantSchema, type Person, type Preferences, preferencesSchema } from "./schema.ts";
import { idleSince } from "./session-rules.ts";

/** What a list of people is read with. */
export function personParts(at: Date) {
  return {
    accounts: { select: { providerId: true } },
    secondFactor: { select: { confirmedAt: true } },
    grants: { orderBy: { id: "asc" } },
    sessions: { select: { id: true }, where: liveSessions(at) },
  } satisfies Prisma.UserInclude;
}

export function liveSessions(at: Date) {
  return { expiresAt: { gt: at }, lastSeenAt: { gt: idleSince(at) } } satisfies Prisma.SessionWhereInput;
}

export type PersonRow = Prisma.UserGetPayload<{ include: ReturnType<typeof personParts> }>;

export function toPerson(row: PersonRow, linkExpiresAt: Date | null): Person {
  const ways = row.accounts.map(({ providerId }) => (providerId === "credential" ? "password" : providerId));
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    state: row.disabledAt ? "deactivated" : ways.length > 0 ? "active" : "invited",
    grants: row.grants.map((grant) => toGrant(grant)),
    ways,
    hasSecondFactor: row.secondFactor?.confirmedAt != null,
    sessions: row.disabledAt ? 0 : row.sessions.length,
    seenAt: row.seenAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    linkExpiresAt: linkExpiresAt?.toISOString() ?? null,
  };
}

const storedGrant = z.object({
  role: z.string(),
  network: z.int().nullable(),
  environment: z.string().nullable(),
});

export function toGrant(row: z.input<typeof storedGrant>): Person["grants"][number] {
  const network = row.network === null ? null : networkById(row.network).name;
  return grantSchema.parse({ role: row.role, network, environment: row.environment });
}

export function fromGrant(grant: Grant) {
  return { ...grant, network: grant.network === null ? null : networkByName(grant.network).id };
}

/** One statement after the other: a transaction has one connection. */
export async function getPerson(tx: Transaction, id: string, at: Date): Promise<Person> {
  const user = await tx.user.findUnique({ where: { id } });
  if (!user) throw notFound("person", id);
  const accounts = await tx.account.findMany({ where: { userId: id }, select: { providerId: true } });
  const grants = await tx.roleGrant.findMany({ where: { userId: id }, orderBy: { id: "asc" } });
  const sessions = await tx.session.findMany({
    where: { userId: id, ...liveSessions(at) },
    select: { id: true },
  });
  const secondFactor = await tx.secondFactor.findUnique({
    where: { userId: id },
    select: { confirmedAt: true },
  });
  const links = await passwordLinksOf(tx, [id], at);
  return toPerson({ ...user, accounts, grants, sessions, secondFactor }, links.get(id) ?? null);
}

/** Changes of who is an admin happen one after the other, so that two admins cannot take each other out. */
export async function lockAdmins(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('console.admins'))`;
}

/** Throws unless somebody else could still let people in. */
export async function requireAnotherAdmin(tx: Transaction, person: Person): Promise<void> {
  if (person.state !== "active" || !isAdminEverywhere(person.grants)) return;
  if (await hasAnotherAdmin(tx, person.id)) return;
  throw conflict(`${person.name} is the last admin. Make somebody else an admin first.`);
}

/** Is there somebody else who could let people in? Ask it under `lockAdmins`. */
export async function hasAnotherAdmin(tx: Transaction, userId: string): Promise<boolean> {
  const others = await tx.user.count({
    where: {
      id: { not: userId },
      disabledAt: null,
      accounts: { some: {} },
      grants: { some: { role: "admin", network: null, environment: null } },
    },
  });
  return others > 0;
}

/** Ends sessions and tells every web replica, which closes their sockets. Returns the ids that were there. */
export async function endSessions(
  tx: Transaction,
  where: Prisma.SessionWhereInput,
  at: Date,
): Promise<string[]> {
  const sessions = await tx.session.findMany({ where, select: { id: true } });
  const ids = sessions.map(({ id }) => id);
  await tx.session.deleteMany({ where: { id: { in: ids } } });
  await announceSessions(tx, ids, at);
  return ids;
}

/** These sessions ended or may do something else from now on: sockets have to prove themselves again. */
async function announceSessions(tx: Transaction, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const notice = encodeNotice({ topic: "identity.session", network: null, ids, at: at.getTime() });
  await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
}

/** All sessions of somebody whose rights changed. */
export async function announceSessionsOf(tx: Transaction, userId: string, at: Date): Promise<void> {
  const where = { userId, ...liveSessions(at) };
  const sessions = await tx.session.findMany({ where, select: { id: true } });
  await announceSessions(
    tx,
    sessions.map(({ id }) => id),
    at,
  );
}

const { theme, zone, numbers, density } = preferencesSchema.shape;
const storedPreferences = z.object({
  theme: theme.catch("system"),
  zone: zone.catch("utc"),
  numbers: numbers.catch("comma"),
  density: density.catch("normal"),
});

/** What was never chosen, or is not known any more, is the default; the rest stays. */
export function readPreferences(stored: unknown): Preferences {
  const { success, data } = storedPreferences.safeParse(stored);
  return success ? data : storedPreferences.parse({});
}

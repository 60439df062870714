import { expect, it } from "vitest";
import type { Ctx } from "../../ports/ctx.ts";
import type { Database } from "../../ports/database.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson, testPassword } from "../../testing/insert-person.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { anIssuer, sessionIdOf, signedInHeaders, trySignIn } from "../../testing/sign-in-person.ts";
import { buildSessions } from "./build-sessions.ts";
import { changePassword } from "./change-password.ts";
import { getMe } from "./get-me.ts";
import { listOwnSessions } from "./list-own-sessions.ts";
import { revokeOtherSessions } from "./revoke-other-sessions.ts";
import { revokeOwnSession } from "./revoke-own-session.ts";
import type { Person } from "./schema.ts";
import { signOut } from "./sign-out.ts";
import { updatePreferences } from "./update-preferences.ts";

it("lists one's own open sessions with device, address and which of them asks", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  await trySignIn(db, { email: person.email, address: "198.51.100.8" });
  await trySignIn(db, { email: (await insertPerson(db)).email });
  const ctx = await signedInCtx(db, person);
  const { rows, next } = await listOwnSessions(ctx, { limit: 10 });
  expect(next).toBeNull();
  expect(rows.map(({ address, device }) => [address, device]).sort()).toEqual([
    ["198.51.100.8", "Firefox, Linux"],
    ["203.0.113.1", "Firefox, Linux"],
  ]);
  expect(rows.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ address: "203.0.113.1" }]);
  const pages = [await listOwnSessions(ctx, { limit: 1 })];
  pages.push(await listOwnSessions(ctx, { limit: 1, cursor: pages[0]?.next ?? null }));
  expect(pages.flatMap((page) => page.rows)).toEqual(rows);
});

it("ends one of one's own sessions, never somebody else's", async () => {
  await using db = await testDatabase();
  const ctx = await signedInCtx(db, await insertPerson(db));
  const other = await signedInCtx(db, await insertPerson(db));
  const foreign = sessionIdOf(other.actor);
  await expect(revokeOwnSession(ctx, { sessionId: foreign })).rejects.toMatchObject({ code: "not_found" });
  const notices = await noticesOf(db, () => revokeOwnSession(ctx, { sessionId: sessionIdOf(ctx.actor) }));
  expect(notices).toMatchObject([{ topic: "identity.session", ids: [sessionIdOf(ctx.actor)] }]);
  expect((await db.prisma.session.findMany()).map(({ id }) => id)).toEqual([foreign]);
});

it("ends all of one's own sessions but the one that asks", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  await trySignIn(db, { email: person.email });
  await trySignIn(db, { email: person.email });
  const stranger = await signedInCtx(db, await insertPerson(db));
  const ctx = await signedInCtx(db, person);
  expect(await revokeOtherSessions(ctx)).toEqual({ ended: 2 });
  expect(await revokeOtherSessions(ctx)).toEqual({ ended: 0 });
  const left = await db.prisma.session.findMany({ select: { id: true } });
  expect(left.map(({ id }) => id).sort()).toEqual(
    [sessionIdOf(ctx.actor), sessionIdOf(stranger.actor)].sort(),
  );
  expect(await db.prisma.auditEntry.count({ where: { action: "session.revoke" } })).toBe(1);
});

it("signs out the session that asks", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  await trySignIn(db, { email: person.email });
  const ctx = await signedInCtx(db, person);
  expect(await signOut(ctx)).toEqual({ ended: 1 });
  expect(await db.prisma.session.count()).toBe(1);
  expect(await db.prisma.auditEntry.findMany({ where: { action: "session.end" } })).toMatchObject([
    { actorId: person.id, subject: `person:${person.email}` },
  ]);
});

it("changes a password only for who knows the present one, and ends the other sessions", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  await trySignIn(db, { email: person.email });
  const ctx = await signedInCtx(db, person);
  const next = "a different password";
  await expect(changePassword(ctx, { current: "wrong", next })).rejects.toMatchObject({ code: "invalid" });
  expect(await changePassword(ctx, { current: testPassword, next })).toEqual({ sessionsEnded: 1 });
  expect(await db.prisma.session.findMany()).toMatchObject([{ id: sessionIdOf(ctx.actor) }]);
  expect(await trySignIn(db, { email: person.email, password: next })).toMatchObject({ kind: "open" });
  const entries = await db.prisma.auditEntry.findMany({
    where: { action: "password.change" },
    omit: { id: true },
  });
  expect(JSON.stringify(entries)).not.toContain(next);
});

it("slows down guessing the present password from an open session", async () => {
  await using db = await testDatabase();
  const ctx = await signedInCtx(db, await insertPerson(db));
  const next = "a different password";
  const guess = () => changePassword(ctx, { current: "wrong", next }).catch(({ code }) => code);
  const codes: unknown[] = [];
  for (let index = 0; index < 7; index += 1) codes.push(await guess());
  expect(codes).toEqual([...Array(5).fill("invalid"), "too_many", "too_many"]);
});

it("keeps preferences with the account, each on its own", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  const ctx = await signedInCtx(db, person);
  const first = { theme: "system", zone: "utc", numbers: "comma", density: "normal" };
  expect((await getMe(ctx)).preferences).toEqual(first);
  await updatePreferences(ctx, { theme: "light", zone: "local" });
  await updatePreferences(ctx, { numbers: "space" });
  const now = { ...first, theme: "light", zone: "local", numbers: "space" };
  expect((await getMe(ctx)).preferences).toEqual(now);
  const audit = await db.prisma.auditEntry.findMany({
    where: { action: "preferences.update" },
    orderBy: { id: "asc" },
  });
  expect(audit).toMatchObject([{ before: first }, { before: { ...now, numbers: "comma" }, after: now }]);
});

it("takes a preference that is not known any more for the default, and leaves the others", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  const ctx = await signedInCtx(db, person);
  await db.prisma.user.update({
    where: { id: person.id },
    data: { preferences: { theme: "sepia", zone: "local" } },
  });
  expect((await getMe(ctx)).preferences).toMatchObject({ theme: "system", zone: "local", density: "normal" });
});

async function signedInCtx(db: Database, person: Person): Promise<Ctx> {
  const clock = fakeClock(new Date());
  const issuer = anIssuer(db);
  const headers = await signedInHeaders(db, { email: person.email, issuer, clock });
  const actor = await buildSessions({ db, clock, issuer }).findActor(headers);
  if (!actor) throw new Error("The sign-in left no session.");
  return aCtx({ db, actor, clock });
}

import { expect, it } from "vitest";
import type { Database, Sql } from "../../ports/database.ts";
import { adminCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { type FakeClock, fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { anIssuer, sessionIdOf, signedInHeaders } from "../../testing/sign-in-person.ts";
import { buildSessions } from "./build-sessions.ts";
import { disablePerson } from "./disable-person.ts";
import { revokeSessionsOf } from "./revoke-sessions-of.ts";
import type { Person } from "./schema.ts";
import { updateGrants } from "./update-grants.ts";

it("tells who is behind a cookie, with names of networks", async () => {
  await using db = await testDatabase();
  const grants: Person["grants"] = [
    { role: "operator", network: "testnet", environment: null },
    { role: "developer", network: null, environment: "dev" },
  ];
  const { person, sessions, headers } = await signedIn(db, grants);
  const actor = await sessions.findActor(headers);
  expect(actor).toMatchObject({ kind: "person", id: person.id, email: person.email });
  expect(actor?.kind === "person" && actor.grants).toEqual(expect.arrayContaining(grants));
});

it("knows nobody without a cookie, with a forged and with a foreign one", async () => {
  await using db = await testDatabase();
  const { sessions, headers } = await signedIn(db);
  const cookie = headers.get("cookie") ?? "";
  const [name = "", value = ""] = cookie.split("=");
  const [token = ""] = decodeURIComponent(value).split(".");
  for (const forged of ["", `${name}=`, `${name}=${token}`, `${name}=${token}.${"A".repeat(43)}=`, "other=1"])
    expect(await sessions.findActor(new Headers({ cookie: forged }))).toBeNull();
  expect(await sessions.findActor(new Headers())).toBeNull();
});

it("puts a revoked session out after two seconds", async () => {
  await using db = await testDatabase();
  const { person, sessions, headers, clock } = await signedIn(db);
  expect(await sessions.findActor(headers)).not.toBeNull();
  await revokeSessionsOf(adminCtx(db), { personId: person.id, sessionId: null, reason: "laptop lost" });
  clock.advance(2_000);
  expect(await sessions.findActor(headers)).toBeNull();
});

it("puts a deactivated person out after two seconds", async () => {
  await using db = await testDatabase();
  const { person, sessions, headers, clock } = await signedIn(db);
  await sessions.findActor(headers);
  await disablePerson(adminCtx(db), { personId: person.id, reason: "" });
  clock.advance(2_000);
  expect(await sessions.findActor(headers)).toBeNull();
});

it("sees changed grants after two seconds", async () => {
  await using db = await testDatabase();
  const { person, sessions, headers, clock } = await signedIn(db);
  await sessions.findActor(headers);
  const grants: Person["grants"] = [{ role: "auditor", network: "mainnet", environment: null }];
  await updateGrants(adminCtx(db), { personId: person.id, grants, reason: "" });
  clock.advance(2_000);
  expect(await sessions.findActor(headers)).toMatchObject({ grants });
});

it("ends a session that nobody used for a day, and any after a week", async () => {
  await using db = await testDatabase();
  const { sessions, headers, clock } = await signedIn(db);
  for (let day = 1; day < 7; day += 1) {
    clock.advance(23 * 3600_000);
    expect(await sessions.findActor(headers)).not.toBeNull();
  }
  clock.advance(24 * 3600_000 + 1);
  expect(await sessions.findActor(headers)).toBeNull();

  const used = await signedIn(db);
  for (let step = 0; step < 7; step += 1) {
    expect(await used.sessions.findActor(used.headers)).not.toBeNull();
    used.clock.advance(23.9 * 3600_000);
  }
  used.clock.advance(3600_000);
  expect(await used.sessions.findActor(used.headers)).toBeNull();
});

it("asks the database once in two seconds, however many requests come", async () => {
  await using db = await testDatabase();
  const asked: string[] = [];
  const sql: Sql = (text, values, options) => {
    asked.push(text);
    return db.sql(text, values, options);
  };
  const { headers, clock } = await signedIn(db);
  const sessions = buildSessions({ db: { ...db, sql }, clock, issuer: anIssuer(db) });
  await Promise.all(Array.from({ length: 50 }, () => sessions.findActor(headers)));
  clock.advance(1_999);
  await sessions.findActor(headers);
  expect(asked).toHaveLength(1);
  clock.advance(1);
  await sessions.findActor(headers);
  expect(asked).toHaveLength(2);
});

it("notes when a person was seen, to the minute", async () => {
  await using db = await testDatabase();
  const { person, sessions, headers, clock } = await signedIn(db);
  const signedInAt = clock.now();
  clock.advance(59_000);
  await sessions.findActor(headers);
  expect(await seenAt(db, person)).toEqual(signedInAt);
  clock.advance(2_000);
  await sessions.findActor(headers);
  expect(await seenAt(db, person)).toEqual(clock.now());
});

it("names the actors of many sessions at once and leaves out those that ended", async () => {
  await using db = await testDatabase();
  const one = await signedIn(db);
  const two = await signedIn(db);
  const [first, second] = await Promise.all(
    [one, two].map(({ sessions, headers }) => sessions.findActor(headers)),
  );
  const ids = [sessionIdOf(first ?? null), sessionIdOf(second ?? null), "gone"];
  await revokeSessionsOf(adminCtx(db), { personId: two.person.id, sessionId: null, reason: "" });
  const actors = await one.sessions.listActors(ids);
  expect([...actors.values()].map(({ id }) => id)).toEqual([one.person.id]);
  expect([...actors.keys()]).toEqual([ids[0]]);
});

type SignedIn = {
  person: Person;
  clock: FakeClock;
  headers: Headers;
  sessions: ReturnType<typeof buildSessions>;
};

async function signedIn(db: Database, grants?: Person["grants"]): Promise<SignedIn> {
  const clock = fakeClock(new Date());
  const issuer = anIssuer(db);
  const person = await insertPerson(db, grants ? { grants } : {});
  const headers = await signedInHeaders(db, { email: person.email, clock, issuer });
  return { person, clock, headers, sessions: buildSessions({ db, clock, issuer }) };
}

async function seenAt(db: Database, person: Person): Promise<Date | null> {
  const user = await db.prisma.user.findUnique({ where: { id: person.id } });
  return user?.seenAt ?? null;
}

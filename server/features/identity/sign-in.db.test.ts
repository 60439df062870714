import { expect, it } from "vitest";
import type { Database } from "../../ports/database.ts";
import { adminCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson, testPassword } from "../../testing/insert-person.ts";
import { anIssuer, trySignIn } from "../../testing/sign-in-person.ts";
import { disablePerson } from "./disable-person.ts";

const secondAdmin = [{ role: "admin", network: null, environment: null }] as const;

it("opens a session for the right password and notes who came from where", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  const result = await trySignIn(db, { email: person.email, address: "198.51.100.7" });
  expect(result.kind).toBe("open");
  expect(await auditOf(db, "session.create")).toEqual([
    expect.objectContaining({
      actorId: person.id,
      address: "198.51.100.7",
      subject: `person:${person.email}`,
      after: { way: "password", session: expect.any(String), userAgent: "Firefox/143.0 Linux" },
    }),
  ]);
  expect(await db.prisma.session.findMany()).toEqual([
    expect.objectContaining({ userId: person.id, ipAddress: "198.51.100.7" }),
  ]);
});

it("keeps the cookie from scripts and other sites, and on https from plain connections", async () => {
  await using db = await testDatabase();
  const { email } = await insertPerson(db);
  const cookieOf = async (baseUrl: string) => {
    const result = await trySignIn(db, { email, issuer: anIssuer(db, baseUrl) });
    return result.kind === "open" ? result.cookies.join("\n") : "";
  };
  const plain = await cookieOf("http://localhost:3000");
  expect(plain).toMatch(/^console\.session_token=.*; HttpOnly; SameSite=Lax$/);
  expect(await cookieOf("https://console.test")).toMatch(
    /^__Secure-console\.session_token=.*; HttpOnly; Secure; SameSite=Lax$/,
  );
});

it("answers a wrong password, an unknown e-mail, an invited and a deactivated person alike", async () => {
  await using db = await testDatabase();
  const known = await insertPerson(db);
  const invited = await insertPerson(db, { password: null });
  const gone = await insertPerson(db, { grants: [...secondAdmin] });
  await insertPerson(db, { grants: [...secondAdmin] });
  await disablePerson(adminCtx(db), { personId: gone.id, reason: "" });
  const answers = await Promise.all([
    trySignIn(db, { email: known.email, password: "not the password", address: "203.0.113.1" }),
    trySignIn(db, { email: "nobody@test.local", address: "203.0.113.2" }),
    trySignIn(db, { email: invited.email, address: "203.0.113.3" }),
    trySignIn(db, { email: gone.email, address: "203.0.113.4" }),
  ]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ kind: "wrong", triesLeft: 9 })]),
  );
  expect(await db.prisma.session.count()).toBe(0);
  const refusals = await auditOf(db, "session.refuse");
  expect(refusals.map(({ subject, reason }) => [subject, reason]).sort()).toEqual(
    [
      [`person:${known.email}`, "E-mail or password is wrong."],
      ["person:nobody@test.local", "E-mail or password is wrong."],
      [`person:${invited.email}`, "E-mail or password is wrong."],
      [`person:${gone.email}`, "The account is deactivated."],
    ].sort(),
  );
  expect(JSON.stringify(refusals)).not.toContain("not the password");
});

it("checks ten passwords from one address however many come at once", async () => {
  await using db = await testDatabase();
  const { email } = await insertPerson(db);
  const issuer = anIssuer(db);
  const tries = Array.from({ length: 30 }, (_, index) =>
    trySignIn(db, { email: `nobody${index}@test.local`, password: "wrong", issuer }),
  );
  const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(10);
  expect(await trySignIn(db, { email, issuer })).toMatchObject({ kind: "blocked", by: "address" });
});

it("lets an address in again when its pause is over", async () => {
  await using db = await testDatabase();
  const clock = fakeClock(new Date());
  const { email } = await insertPerson(db);
  for (let index = 0; index < 10; index += 1)
    await trySignIn(db, { email: `nobody${index}@test.local`, password: "wrong", clock });
  expect(await trySignIn(db, { email, clock })).toMatchObject({ kind: "blocked", waitMs: 15 * 60_000 });
  clock.advance(15 * 60_000);
  expect(await trySignIn(db, { email, clock })).toMatchObject({ kind: "open" });
});

it("slows down guessing at one account from many addresses, but not where its owner is signed in", async () => {
  await using db = await testDatabase();
  const clock = fakeClock(new Date());
  const { email } = await insertPerson(db);
  await trySignIn(db, { email, clock, address: "198.51.100.7" });
  const answers: string[] = [];
  for (let index = 0; index < 100; index += 1) {
    const answer = await trySignIn(db, { email, password: "wrong", clock, address: `203.0.113.${index}` });
    answers.push(answer.kind === "blocked" ? `blocked by ${answer.by}` : answer.kind);
  }
  expect(answers.filter((answer) => answer === "wrong")).toHaveLength(5);
  expect(answers.filter((answer) => answer === "blocked by account")).toHaveLength(95);
  expect(await db.prisma.session.count()).toBe(1);
  expect(await trySignIn(db, { email, clock, address: "198.51.100.7" })).toMatchObject({ kind: "open" });
});

it("does not count right passwords", async () => {
  await using db = await testDatabase();
  const { email } = await insertPerson(db);
  const issuer = anIssuer(db);
  for (let index = 0; index < 12; index += 1)
    expect(await trySignIn(db, { email, password: testPassword, issuer })).toMatchObject({ kind: "open" });
  expect(await trySignIn(db, { email, password: "wrong", issuer })).toEqual({ kind: "wrong", triesLeft: 9 });
});

it("does not count tries that could not be checked", async () => {
  await using db = await testDatabase();
  const { email } = await insertPerson(db);
  const working = anIssuer(db);
  const broken = { ...working, checkPassword: () => Promise.reject(new Error("the library failed")) };
  for (let index = 0; index < 12; index += 1)
    await expect(trySignIn(db, { email, issuer: broken })).rejects.toThrow("the library failed");
  expect(await trySignIn(db, { email, issuer: working })).toMatchObject({ kind: "open" });
});

it("forgets the sessions of a person that are over", async () => {
  await using db = await testDatabase();
  const clock = fakeClock(new Date());
  const { email } = await insertPerson(db);
  await trySignIn(db, { email, clock });
  const other = await insertPerson(db);
  await trySignIn(db, { email: other.email, clock });
  clock.advance(25 * 3600_000);
  await trySignIn(db, { email, clock });
  const sessions = await db.prisma.session.findMany({ include: { user: true } });
  expect(sessions.map(({ user }) => user.email).sort()).toEqual([email, other.email].sort());
});

it("checks sixteen passwords at once and asks the next to come back", async () => {
  await using db = await testDatabase();
  const { email } = await insertPerson(db);
  const issuer = anIssuer(db);
  const checks = Array.from({ length: 17 }, () => issuer.checkPassword({ email, password: "wrong" }));
  const results = await Promise.allSettled(checks);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(16);
  expect(results.at(-1)).toMatchObject({ status: "rejected", reason: { code: "too_many" } });
});

function auditOf(db: Database, action: string) {
  return db.prisma.auditEntry.findMany({ where: { action }, omit: { id: true } });
}

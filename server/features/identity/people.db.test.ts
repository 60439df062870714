import { describe, expect, it } from "vitest";
import { aCtx, adminCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson, testPassword } from "../../testing/insert-person.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { trySignIn } from "../../testing/sign-in-person.ts";
import { createPasswordLink } from "./create-password-link.ts";
import { createPerson } from "./create-person.ts";
import { disablePerson } from "./disable-person.ts";
import { enablePerson } from "./enable-person.ts";
import { listPeople } from "./list-people.ts";
import { provisionPerson } from "./provision-person.ts";
import type { PasswordLink, Person } from "./schema.ts";
import { setPasswordByLink } from "./set-password-by-link.ts";
import { updateGrants } from "./update-grants.ts";

const admin: Person["grants"] = [{ role: "admin", network: null, environment: null }];
const viewer: Person["grants"] = [{ role: "viewer", network: "mainnet", environment: null }];

describe("creating people", () => {
  it("lets somebody with a handed-over password sign in, and audits who let whom in", async () => {
    await using db = await testDatabase();
    const ctx = adminCtx(db);
    const input = { name: "Ana", email: "ana@test.local", grants: viewer, password: testPassword };
    const { person, link } = await createPerson(ctx, input);
    expect(link).toBeNull();
    expect(person).toMatchObject({ name: "Ana", state: "active", grants: viewer, ways: ["password"] });
    expect(await trySignIn(db, { email: "ana@test.local" })).toMatchObject({ kind: "open" });
    const [entry] = await db.prisma.auditEntry.findMany({ where: { action: "person.create" } });
    expect(entry).toMatchObject({ actorId: ctx.actor.id, subject: "person:ana@test.local", before: null });
    expect(entry?.after).toEqual({ name: "Ana", email: "ana@test.local", grants: viewer, by: "password" });
  });

  it("refuses a second account of one address, also of two at once", async () => {
    await using db = await testDatabase();
    const input = { name: "Ana", email: "ana@test.local", grants: [], password: testPassword };
    const results = await Promise.allSettled([
      createPerson(adminCtx(db), input),
      createPerson(adminCtx(db), input),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.prisma.auditEntry.count()).toBe(1);
  });

  it("lists by address in pages, finds by name or address", async () => {
    await using db = await testDatabase();
    for (const name of ["Cem", "Ana", "Eva", "Bo", "Dov"])
      await createPerson(adminCtx(db), { name, email: `${name}@test.local`.toLowerCase(), grants: [] });
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listPeople(adminCtx(db), { limit: 2, cursor });
      names.push(...page.rows.map(({ name }) => name));
      cursor = page.next;
    } while (cursor);
    expect(names).toEqual(["Ana", "Bo", "Cem", "Dov", "Eva"]);
    const found = await listPeople(adminCtx(db), { limit: 10, search: "E" });
    expect(found.rows.map(({ name }) => name)).toEqual(["Ana", "Bo", "Cem", "Dov", "Eva"]);
    expect((await listPeople(adminCtx(db), { limit: 10, search: "ev" })).rows).toMatchObject([
      { name: "Eva", state: "invited", ways: [], sessions: 0 },
    ]);
  });
});

describe("a password link", () => {
  it("sets the password once", async () => {
    await using db = await testDatabase();
    const { person, link } = await createPerson(adminCtx(db), invited);
    expect(person.state).toBe("invited");
    const secret = secretOf(link);
    const uses = await Promise.allSettled(
      [1, 2, 3].map(() => setPasswordByLink(adminCtx(db), { secret, password: testPassword })),
    );
    expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await trySignIn(db, { email: invited.email })).toMatchObject({ kind: "open" });
    const rows = await db.sql<{ text: string }>(
      "SELECT row_to_json(v)::text AS text FROM auth_verification v",
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("is of no use when it has expired, was replaced, or its person is deactivated", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const ctx = aCtx({ db, role: "admin", clock });
    const { person, link } = await createPerson(ctx, invited);
    const second = await createPasswordLink(ctx, { personId: person.id });
    const use = (tried: PasswordLink | null) =>
      setPasswordByLink(ctx, { secret: secretOf(tried), password: testPassword });
    await expect(use(link)).rejects.toMatchObject({ code: "invalid" });
    clock.advance(72 * 3600_000);
    await expect(use(second)).rejects.toMatchObject({ code: "invalid" });
    const third = await createPasswordLink(ctx, { personId: person.id });
    await disablePerson(ctx, { personId: person.id, reason: "" });
    await expect(use(third)).rejects.toMatchObject({ code: "invalid" });
  });

  it("ends the sessions of somebody whose password it replaces", async () => {
    await using db = await testDatabase();
    const { id: personId, email } = await insertPerson(db);
    await trySignIn(db, { email });
    const link = await createPasswordLink(adminCtx(db), { personId });
    await setPasswordByLink(adminCtx(db), { secret: secretOf(link), password: "another password" });
    expect(await db.prisma.session.count()).toBe(0);
    expect(await trySignIn(db, { email })).toMatchObject({ kind: "wrong" });
    expect(await trySignIn(db, { email, password: "another password" })).toMatchObject({ kind: "open" });
  });
});

describe("the last admin", () => {
  it("can neither be deactivated nor lose the role", async () => {
    await using db = await testDatabase();
    const { id: personId } = await insertPerson(db, { grants: admin });
    await insertPerson(db, { grants: admin, password: null });
    await insertPerson(db, { grants: [{ role: "admin", network: "mainnet", environment: null }] });
    await expect(disablePerson(adminCtx(db), { personId, reason: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(updateGrants(adminCtx(db), { personId, grants: viewer, reason: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await adminsOf(db)).toBe(1);
  });

  it.each([1, 2, 3, 4, 5])("stays when all admins take each other out at once (%i)", async () => {
    await using db = await testDatabase();
    const people = await Promise.all([1, 2, 3, 4].map(() => insertPerson(db, { grants: admin })));
    const results = await Promise.allSettled(
      people.map(({ id: personId }, index) =>
        index % 2 === 0
          ? disablePerson(adminCtx(db), { personId, reason: "" })
          : updateGrants(adminCtx(db), { personId, grants: viewer, reason: "" }),
      ),
    );
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await adminsOf(db)).toBe(1);
  });
});

describe("changing what somebody may do", () => {
  it("is audited with before, after and why, and makes open sockets prove themselves again", async () => {
    await using db = await testDatabase();
    const { id: personId, email } = await insertPerson(db, { grants: viewer });
    await trySignIn(db, { email });
    const session = await db.prisma.session.findFirst();
    const grants: Person["grants"] = [{ role: "operator", network: "testnet", environment: "prod" }];
    const notices = await noticesOf(db, () =>
      updateGrants(adminCtx(db), { personId, grants, reason: "On call this week" }),
    );
    expect(notices).toMatchObject([{ topic: "identity.session", network: null, ids: [session?.id] }]);
    const [entry] = await db.prisma.auditEntry.findMany({ where: { action: "person.grant" } });
    expect(entry).toMatchObject({
      before: { grants: viewer },
      after: { grants },
      reason: "On call this week",
    });
  });

  it("keeps one of two equal grants", async () => {
    await using db = await testDatabase();
    const { id: personId } = await insertPerson(db);
    const [grant] = viewer;
    const twice = grant ? [grant, grant] : [];
    const person = await updateGrants(adminCtx(db), { personId, grants: twice, reason: "" });
    expect(person.grants).toEqual(viewer);
  });
});

describe("deactivating", () => {
  it("ends sessions at once, keeps the roles for the day of return, and is audited", async () => {
    await using db = await testDatabase();
    const { id: personId, email } = await insertPerson(db, { grants: viewer });
    await trySignIn(db, { email });
    const notices = await noticesOf(db, () => disablePerson(adminCtx(db), { personId, reason: "left" }));
    expect(notices).toHaveLength(1);
    expect(await trySignIn(db, { email })).toMatchObject({ kind: "wrong" });
    const back = await enablePerson(adminCtx(db), { personId, reason: "" });
    expect(back).toMatchObject({ state: "active", grants: viewer, sessions: 0 });
    expect(await trySignIn(db, { email })).toMatchObject({ kind: "open" });
    const history = await db.prisma.auditEntry.findMany({
      where: { subject: `person:${email}` },
      orderBy: { id: "asc" },
    });
    expect(history.map(({ action }) => action)).toEqual([
      "person.create",
      "session.create",
      "person.disable",
      "session.refuse",
      "person.enable",
      "session.create",
    ]);
  });

  it("twice is once", async () => {
    await using db = await testDatabase();
    const { id: personId } = await insertPerson(db);
    await disablePerson(adminCtx(db), { personId, reason: "" });
    const notices = await noticesOf(db, () => disablePerson(adminCtx(db), { personId, reason: "" }));
    expect(notices).toEqual([]);
    expect(await db.prisma.auditEntry.count({ where: { action: "person.disable" } })).toBe(1);
  });
});

it("provisions an account from the command line, again and again", async () => {
  await using db = await testDatabase();
  const wanted = { name: "Admin", email: "admin@demo.local", password: "local-network-only", grants: admin };
  expect(await provisionPerson(adminCtx(db), wanted)).toBe("created");
  expect(await provisionPerson(adminCtx(db), wanted)).toBe("unchanged");
  expect(await provisionPerson(adminCtx(db), { ...wanted, password: "something else now" })).toBe("updated");
  expect(await trySignIn(db, { email: wanted.email, password: "something else now" })).toMatchObject({
    kind: "open",
  });
  expect(await provisionPerson(adminCtx(db), { ...wanted, grants: viewer })).toBe("updated");
  const { rows } = await listPeople(adminCtx(db), { limit: 10 });
  expect(rows).toMatchObject([{ email: wanted.email, grants: viewer }]);
});

const invited = { name: "Sam", email: "sam@test.local", grants: viewer };

function secretOf(link: PasswordLink | null): string {
  return link?.path.split("#")[1] ?? "";
}

async function adminsOf(db: Parameters<typeof adminCtx>[0]): Promise<number> {
  return db.prisma.user.count({
    where: {
      disabledAt: null,
      accounts: { some: {} },
      grants: { some: { role: "admin", network: null, environment: null } },
    },
  });
}

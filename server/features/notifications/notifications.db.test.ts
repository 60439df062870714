import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { trySignIn } from "../../testing/sign-in-person.ts";
import { createPasswordLink } from "../identity/create-password-link.ts";
import { createPerson } from "../identity/create-person.ts";
import { revokeSessionsOf } from "../identity/revoke-sessions-of.ts";
import { setPasswordByLink } from "../identity/set-password-by-link.ts";
import { countUnread } from "./count-unread.ts";
import { listNotifications } from "./list-notifications.ts";
import { markRead } from "./mark-read.ts";
import { type Told, tellPerson } from "./tell-person.ts";

type Role = "viewer" | "operator" | "admin";

async function aMember(db: TestDatabase, role: Role = "viewer", network: "mainnet" | null = null) {
  const grants = [{ role, network, environment: null }];
  const { id, email } = await insertPerson(db, { grants });
  return aCtx({ db, actor: { ...aPerson(grants), id, email } });
}

function tell(ctx: Awaited<ReturnType<typeof aMember>>, event: string) {
  const told: Told = {
    ...{ kind: "session", tone: "info", title: event, detail: "", href: "/settings/account" },
    ...{ event, at: new Date() },
  };
  return ctx.db.prisma.$transaction((tx) => tellPerson(tx, ctx.actor.id, told));
}

const titles = async (ctx: Awaited<ReturnType<typeof aMember>>) =>
  (await listNotifications(ctx, { limit: 100 })).rows.map(({ title }) => title);

async function insertAlert(db: TestDatabase, { severity, state }: { severity: number; state: string }) {
  const [alert] = await db.sql<{ id: string }>(
    `INSERT INTO alert (network, rule, subject_kind, subject_id, subject_name, severity, state, title, detail,
       pending_at, firing_at, evaluated_at)
     VALUES (3, 'node-silent', 'node', gen_random_uuid()::text, 's07', $1, $2, 'fsn1-s07 is silent', 'for 40 s',
       now(), CASE WHEN $2 = 'firing' THEN now() END, now()) RETURNING id`,
    [severity, state],
  );
  return alert?.id ?? "";
}

describe("what a person is told", () => {
  it("is theirs, newest first in pages, once for an event", async () => {
    await using db = await testDatabase();
    const [mine, theirs] = [await aMember(db), await aMember(db)];
    for (const event of ["first", "second", "third", "second"]) await tell(mine, event);
    expect(await titles(theirs)).toEqual([]);
    const page = await listNotifications(mine, { limit: 2 });
    expect(page.rows.map(({ title }) => title)).toEqual(["third", "second"]);
    const rest = await listNotifications(mine, { limit: 2, cursor: page.next });
    expect([rest.rows.map(({ title }) => title), rest.next]).toEqual([["first"], null]);
  });

  it("is counted until it is read, which reaches the person's other pages and nobody else's rows", async () => {
    await using db = await testDatabase();
    const [mine, theirs] = [await aMember(db), await aMember(db)];
    for (const event of ["first", "second"]) await tell(mine, event);
    await tell(theirs, "other");
    const { rows } = await listNotifications(mine, { limit: 10 });
    const [newest, oldest] = rows.map(({ id }) => id);
    const heard = await noticesOf(db, async () => {
      expect(await markRead(mine, { id: oldest ?? "" })).toEqual({ unread: 1 });
    });
    expect(heard).toMatchObject([{ topic: "notifications", network: null, ids: [mine.actor.id] }]);
    await tell(mine, "third");
    expect(await markRead(mine, { upTo: newest ?? "" })).toEqual({ unread: 1 });
    expect(await countUnread(theirs)).toEqual({ unread: 1 });
    const [foreign] = (await listNotifications(theirs, { limit: 1 })).rows;
    await markRead(mine, { id: foreign?.id ?? "" });
    expect(await countUnread(theirs)).toEqual({ unread: 1 });
  });

  it("is kept up to the newest 200", async () => {
    await using db = await testDatabase();
    const mine = await aMember(db);
    for (let at = 0; at < 205; at++) await tell(mine, `event ${at}`);
    const kept = await db.prisma.notification.findMany({ orderBy: { id: "asc" } });
    expect([kept.length, kept[0]?.title]).toEqual([200, "event 5"]);
  });
});

describe("an alert", () => {
  it("that is critical is told once to those who may act on its network, when it fires", async () => {
    await using db = await testDatabase();
    const [operator, other, viewer] = [
      await aMember(db, "operator", "mainnet"),
      await aMember(db, "operator"),
      await aMember(db, "viewer"),
    ];
    const id = await insertAlert(db, { severity: 1, state: "pending" });
    expect(await titles(operator)).toEqual([]);
    await db.sql("UPDATE alert SET state = 'firing', firing_at = now() WHERE id = $1", [id]);
    await db.sql("UPDATE alert SET seen = seen + 1 WHERE id = $1", [id]);
    expect((await listNotifications(operator, { limit: 10 })).rows).toMatchObject([
      { kind: "alert", tone: "crit", title: "fsn1-s07 is silent", href: `/mainnet/alerts?alert=${id}` },
    ]);
    expect(await titles(other)).toEqual(["fsn1-s07 is silent"]);
    expect(await titles(viewer)).toEqual([]);
    await insertAlert(db, { severity: 2, state: "firing" });
    expect(await titles(operator)).toHaveLength(1);
  });
});

describe("an account", () => {
  it("hears of a new sign-in where it is signed in already, and of sessions that an admin ends", async () => {
    await using db = await testDatabase();
    const mine = await aMember(db);
    const { email } = await db.prisma.user.findUniqueOrThrow({ where: { id: mine.actor.id } });
    await trySignIn(db, { email });
    expect(await titles(mine)).toEqual([]);
    await trySignIn(db, { email });
    expect(await titles(mine)).toEqual(["New sign-in to your account from Firefox, Linux"]);
    await revokeSessionsOf(aCtx({ db, role: "admin" }), { personId: mine.actor.id, reason: "" });
    expect((await titles(mine))[0]).toMatch(/ended 2 sessions of yours$/);
  });

  it("that is taken up is told to admins, once", async () => {
    await using db = await testDatabase();
    const admin = await aMember(db, "admin");
    const { person, link } = await createPerson(admin, {
      ...{ name: "Mara", email: "mara@test.local", grants: [], password: null },
    });
    await setPasswordByLink(admin, { secret: link?.path.split("#")[1] ?? "", password: "a long password" });
    const again = await createPasswordLink(admin, { personId: person.id });
    await setPasswordByLink(admin, { secret: again.path.split("#")[1] ?? "", password: "another password" });
    expect(await titles(admin)).toEqual(["Mara took up the invitation"]);
  });
});

describe("an export", () => {
  it("is told to its owner when it ends", async () => {
    await using db = await testDatabase();
    const mine = await aMember(db);
    for (const state of ["done", "failed", "cancelled"]) {
      const { id } = await db.prisma.exportJob.create({
        data: {
          ...{ id: randomUUID(), ownerId: mine.actor.id, source: "nodes", query: {}, format: "csv" },
          ...{ isCompressed: false, title: "Nodes of mainnet", fileName: "nodes.csv", state: "running" },
          ...{ requestId: "r", createdAt: new Date() },
        },
      });
      await db.prisma.exportJob.update({ where: { id }, data: { state, finishedAt: new Date() } });
    }
    expect(await titles(mine)).toEqual([
      "Nodes of mainnet could not be exported.",
      "Nodes of mainnet is ready.",
    ]);
  });
});

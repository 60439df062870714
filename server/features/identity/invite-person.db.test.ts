import { expect, it } from "vitest";
import { upstream } from "../../kernel/errors.ts";
import type { Mail } from "../../ports/mailer.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { testPassword } from "../../testing/insert-person.ts";
import { trySignIn } from "../../testing/sign-in-person.ts";
import { invitePerson, mailPasswordLink } from "./invite-person.ts";
import { listPeople } from "./list-people.ts";
import { revokePasswordLink } from "./revoke-password-link.ts";
import { setPasswordByLink } from "./set-password-by-link.ts";

const ana = { name: "Ana", email: "ana@test.local", grants: [] };

it("sends a link that sets the password once, and shows it to nobody else", async () => {
  await using db = await testDatabase();
  const { ctx, sent } = mailing(db);
  const { person, mail } = await invitePerson(ctx, ana);
  expect(mail).toEqual({ kind: "mailed", to: ana.email, expiresAt: person.linkExpiresAt });
  const secret = secretIn(sent[0]);
  expect(JSON.stringify({ person, mail })).not.toContain(secret);
  expect((await listPeople(ctx, { limit: 10 })).rows).toMatchObject([
    { state: "invited", linkExpiresAt: person.linkExpiresAt },
  ]);
  await setPasswordByLink(ctx, { secret, password: testPassword });
  expect(await trySignIn(db, { email: ana.email })).toMatchObject({ kind: "open" });
  await expect(setPasswordByLink(ctx, { secret, password: "another password" })).rejects.toMatchObject({
    code: "invalid",
  });
  expect((await listPeople(ctx, { limit: 10 })).rows).toMatchObject([
    { state: "active", linkExpiresAt: null },
  ]);
  const entries = await db.prisma.auditEntry.findMany({ where: { action: { startsWith: "person." } } });
  expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
    ["person.create", ctx.actor.id],
    ["person.mail", ctx.actor.id],
  ]);
  expect(JSON.stringify(entries.map(({ after }) => after))).not.toContain(secret);
});

it("is over after three days, when a new one is sent, and when somebody revokes it", async () => {
  await using db = await testDatabase();
  const { ctx, sent, clock } = mailing(db);
  const { person } = await invitePerson(ctx, ana);
  const who = { personId: person.id };
  const use = (mail: Mail | undefined) =>
    setPasswordByLink(ctx, { secret: secretIn(mail), password: testPassword });
  await mailPasswordLink(ctx, who);
  await expect(use(sent[0])).rejects.toMatchObject({ code: "invalid" });
  clock.advance(72 * 3_600_000);
  await expect(use(sent[1])).rejects.toMatchObject({ code: "invalid" });
  expect((await listPeople(ctx, { limit: 10 })).rows).toMatchObject([{ linkExpiresAt: null }]);
  await mailPasswordLink(ctx, who);
  for (const times of [1, 2])
    expect(await revokePasswordLink(ctx, { ...who, reason: "left" }), `revoked ${times} times`).toMatchObject(
      { linkExpiresAt: null, state: "invited" },
    );
  await expect(use(sent[2])).rejects.toMatchObject({ code: "invalid" });
  const entries = await db.prisma.auditEntry.findMany({ where: { action: "person.unlink" } });
  expect(entries).toMatchObject([{ reason: "left", after: { linkExpiresAt: null } }]);
});

it("gives the link back to be handed over when no server for mail takes it, and says so in the audit log", async () => {
  await using db = await testDatabase();
  const { ctx } = mailing(db, () =>
    Promise.reject(upstream("the mail server", new Error("550 no such user"))),
  );
  const { mail } = await invitePerson(ctx, ana);
  if (mail.kind !== "not mailed") throw new Error("It cannot have left.");
  const secret = mail.link.path.split("#")[1] ?? "";
  await setPasswordByLink(ctx, { secret, password: testPassword });
  const [entry] = await db.prisma.auditEntry.findMany({ where: { action: "person.mail" } });
  expect(entry?.after).toMatchObject({ outcome: mail.why });
});

it("invites nobody by mail where no mail is sent", async () => {
  await using db = await testDatabase();
  const ctx = aCtx({ db, role: "admin" });
  await expect(invitePerson(ctx, ana)).rejects.toMatchObject({ code: "conflict" });
  expect(await db.prisma.user.count()).toBe(0);
});

function mailing(db: TestDatabase, send: (mail: Mail) => Promise<void> = async () => {}) {
  const sent: Mail[] = [];
  const clock = fakeClock();
  const mailer = {
    isConfigured: true,
    send: async (mail: Mail) => {
      await send(mail);
      sent.push(mail);
    },
  };
  return { ctx: aCtx({ db, role: "admin", clock, deps: { mailer } }), sent, clock };
}

function secretIn(mail: Mail | undefined): string {
  const secret = /http:\/\/console\.test\/sign-in\/password#(\S+)/.exec(mail?.text ?? "")?.[1];
  if (!secret) throw new Error(`There is no link in the mail: ${mail?.text}`);
  return secret;
}

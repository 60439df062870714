import { describe, expect, it } from "vitest";
import type { Database } from "../../ports/database.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { listAudit } from "./list-audit.ts";
import { type AuditRecord, recordAudit } from "./record-audit.ts";
import { listAuditInput } from "./schema.ts";

describe("recording", () => {
  it("is undone with the change that it tells of", async () => {
    await using db = await testDatabase();
    const change = db.prisma.$transaction(async (tx) => {
      await recordAudit(tx, aCtx({ db }), { action: "a.change", subject: "thing:1" });
      throw new Error("the change failed");
    });
    await expect(change).rejects.toThrow("the change failed");
    expect(await db.prisma.auditEntry.count()).toBe(0);
  });

  it("keeps who, what, where, before, after, why, request and address, and no secret", async () => {
    await using db = await testDatabase();
    const ctx = aCtx({ db, role: "operator" });
    await record(db, ctx, {
      action: "thing.update",
      subject: "thing:1",
      network: "testnet",
      before: { size: 18446744073709551615n, token: "hunter2" },
      after: { size: 1n, at: new Date(0) },
      reason: "  because  ",
    });
    expect((await list(db)).rows).toMatchObject([
      {
        at: ctx.clock.now().toISOString(),
        actor: { kind: "person", id: ctx.actor.id, name: ctx.actor.name },
        action: "thing.update",
        subject: "thing:1",
        network: "testnet",
        before: { size: "18446744073709551615", token: "[redacted]" },
        after: { size: "1", at: "1970-01-01T00:00:00.000Z" },
        reason: "because",
        requestId: ctx.requestId,
        address: ctx.address,
      },
    ]);
  });

  it("cannot be changed or taken back, also not by the console itself", async () => {
    await using db = await testDatabase();
    await record(db, aCtx({ db }), { action: "thing.update", subject: "thing:1" });
    for (const statement of [
      "UPDATE audit_entry SET reason = 'nicer'",
      "DELETE FROM audit_entry",
      "TRUNCATE audit_entry",
    ])
      await expect(db.sql(statement)).rejects.toThrow("audit_entry is append-only");
    expect(await db.prisma.auditEntry.count()).toBe(1);
  });
});

describe("listing", () => {
  it("gives every entry once, newest first, while new ones are written", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const ctx = aCtx({ db, clock });
    for (let index = 0; index < 25; index += 1) {
      // Several share a millisecond: the id decides.
      if (index % 4 === 0) clock.advance(1);
      await record(db, ctx, { action: "thing.update", subject: `thing:${index}` });
    }
    const subjects: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(db, { limit: 10, cursor });
      subjects.push(...page.rows.map(({ subject }) => subject));
      cursor = page.next;
      await record(db, ctx, { action: "thing.update", subject: "thing:late" });
    } while (cursor);
    expect(subjects).toEqual(Array.from({ length: 25 }, (_, index) => `thing:${24 - index}`));
  });

  it("filters by network, actor, action or its kind, subject, request and time", async () => {
    await using db = await testDatabase();
    const clock = fakeClock("2026-11-23T10:00:00Z");
    const ana = aCtx({ db, clock });
    const bo = aCtx({ db, clock });
    await record(db, ana, { action: "session.create", subject: "session:1" });
    clock.advance(3600_000);
    await record(db, bo, { action: "session.revoke", subject: "session:1", network: "mainnet" });
    clock.advance(3600_000);
    await record(db, bo, { action: "person.create", subject: "person:x", network: "testnet" });
    const actions = async (filter: object) =>
      (await list(db, filter)).rows.map(({ action }) => action).reverse();
    expect(await actions({ network: "mainnet" })).toEqual(["session.revoke"]);
    expect(await actions({ actorId: bo.actor.id })).toEqual(["session.revoke", "person.create"]);
    expect(await actions({ action: "session.create" })).toEqual(["session.create"]);
    expect(await actions({ action: "session." })).toEqual(["session.create", "session.revoke"]);
    expect(await actions({ subject: "session:1", actorId: bo.actor.id })).toEqual(["session.revoke"]);
    expect(await actions({ requestId: ana.requestId })).toEqual(["session.create"]);
    expect(await actions({ from: "2026-11-23T11:00:00Z", to: "2026-11-23T13:00:00+01:00" })).toEqual([
      "session.revoke",
    ]);
    expect(await actions({ from: "now-1h", to: "now" })).toEqual(["session.revoke"]);
    expect(await actions({ subject: "nothing" })).toEqual([]);
  });

  it.each([
    "x",
    Buffer.from('["yesterday","1"]').toString("base64url"),
    Buffer.from("[1,2]").toString("base64url"),
  ])("answers a damaged page link with what to do (%s)", async (cursor) => {
    await using db = await testDatabase();
    await expect(list(db, { cursor })).rejects.toMatchObject({ code: "invalid" });
  });
});

function record(db: Database, ctx: ReturnType<typeof aCtx>, entry: AuditRecord): Promise<void> {
  return db.prisma.$transaction((tx) => recordAudit(tx, ctx, entry));
}

function list(db: Database, filter: object = {}) {
  const clock = fakeClock("2026-11-23T12:00:00Z");
  return listAudit({ db, clock }, listAuditInput.parse(filter));
}

import { createHash } from "node:crypto";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { anchorChain, anchorText, listAnchors } from "./anchor-chain.ts";
import { anchorKeyOf, isSignedBy } from "./anchor-key.ts";
import { checkChain } from "./check-chain.ts";
import { checkEntry } from "./check-entry.ts";
import { countAudit } from "./count-audit.ts";
import { getChain } from "./get-chain.ts";
import { keepChain } from "./keep-chain.ts";
import { listAudit } from "./list-audit.ts";
import { recordAudit } from "./record-audit.ts";
import { listAuditInput } from "./schema.ts";
import { sealEntries } from "./seal-entries.ts";
import { verifyChain } from "./verify-chain.ts";

const clock = fakeClock("2026-11-23T12:00:00.000Z");

describe("sealing", () => {
  it("gives every entry of concurrent writers and sealers one place, without a gap", async () => {
    await using db = await testDatabase();
    let isWriting = true;
    const sealer = async () => {
      while (isWriting) await sealEntries({ db, clock });
    };
    const sealers = [sealer(), sealer()];
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 25; n += 1) await record(db, `thing:${writer}.${n}`);
      }),
    );
    isWriting = false;
    await Promise.all(sealers);
    await sealEntries({ db, clock });
    expect(await verifyChain(db.sql)).toMatchObject({ kind: "sound", links: 200, unsealed: 0 });
  });

  it("skips no entry whose transaction commits after later ones were sealed", async () => {
    await using db = await testDatabase();
    const written = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const late = db.prisma.$transaction(async (tx) => {
      await recordAudit(tx, aCtx({ db }), { action: "a.change", subject: "thing:late" });
      written.resolve();
      await gate.promise;
    });
    await written.promise;
    await record(db, "thing:early");
    expect(await sealEntries({ db, clock })).toBe(1);
    gate.resolve();
    await late;
    expect(await sealEntries({ db, clock })).toBe(1);
    const { rows } = await listAudit({ db, clock }, listAuditInput.parse({}));
    expect(rows.map(({ subject, link }) => [subject, link?.seq])).toEqual(
      expect.arrayContaining([
        ["thing:early", "1"],
        ["thing:late", "2"],
      ]),
    );
    expect(await verifyChain(db.sql)).toMatchObject({ kind: "sound", links: 2 });
  });

  it("lets no writer wait for a sealer", async () => {
    await using db = await testDatabase();
    const held = new Client({ connectionString: db.url });
    await held.connect();
    await held.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('console.audit.seal'))");
    await record(db, "thing:1");
    expect(await sealEntries({ db, clock })).toBe(0);
    expect((await getChain({ db })).unsealed).toEqual({ entries: 1, oldestAt: clock.now().toISOString() });
    await held.end();
    await expect.poll(() => sealEntries({ db, clock })).toBe(1);
  });

  it("hashes exactly what docs/audit.md says", async () => {
    await using db = await testDatabase();
    await db.prisma.$transaction((tx) =>
      recordAudit(
        tx,
        {
          ...aCtx({ db, clock }),
          actor: { kind: "person", id: "p1", name: "Inês" },
          requestId: "r1",
          address: null,
        },
        {
          action: "thing.update",
          subject: "thing:1",
          network: "mainnet",
          before: { b: 1, a: "x" },
          reason: "why",
        },
      ),
    );
    await sealEntries({ db, clock });
    const at = "2026-11-23T12:00:00.000Z";
    const { rows } = await listAudit({ db, clock }, listAuditInput.parse({}));
    const id = rows[0]?.id ?? "";
    const fields = [
      "1",
      at,
      id,
      at,
      "person",
      "p1",
      "Inês",
      "thing.update",
      "thing:1",
      "3",
      '{"a": "x", "b": 1}',
    ];
    const encoded = [...fields, null, "why", "r1", null]
      .map((field) => (field === null ? "-\n" : `${Buffer.byteLength(field)}:${field}\n`))
      .join("");
    const text = `cere-audit-1\n${"0".repeat(64)}\n${encoded}`;
    expect(rows[0]?.link?.hash).toBe(createHash("sha256").update(text).digest("hex"));
  });
});

describe("the database", () => {
  it.each(["audit_link", "audit_anchor", "audit_entry"])("refuses to change %s", async (table) => {
    await using db = await testDatabase();
    await sealed(db, 3);
    await anchorChain({ db, clock }, null);
    const column = table === "audit_entry" ? "action = 'x'" : "hash = ''";
    for (const statement of [`UPDATE ${table} SET ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(db.sql(statement)).rejects.toThrow(/append-only|permission denied/);
    // Not for a session that says it only replays what another server did, either.
    await expect(db.sql(`SET session_replication_role = replica; DELETE FROM ${table}`)).rejects.toThrow(
      /append-only|permission denied/,
    );
    expect(await db.sql(`SELECT 1 FROM ${table}`)).not.toEqual([]);
  });
});

describe("a walk along the chain", () => {
  const faults: [what: string, statement: string, found: object][] = [
    [
      "a changed entry",
      "UPDATE audit_entry SET reason = 'nicer' WHERE subject = 'thing:4'",
      { fault: "changed", seq: "5" },
    ],
    [
      "changed JSON",
      `UPDATE audit_entry SET after = '{"n": 5}' WHERE subject = 'thing:4'`,
      { fault: "changed", seq: "5" },
    ],
    ["a removed entry", "DELETE FROM audit_entry WHERE subject = 'thing:4'", { fault: "removed", seq: "5" }],
    ["a removed link", "DELETE FROM audit_link WHERE seq = 5", { fault: "removed", seq: "5" }],
    [
      "a removed entry with its link, the rest moved up",
      `DELETE FROM audit_entry WHERE subject = 'thing:4'; DELETE FROM audit_link WHERE seq = 5;
       UPDATE audit_link SET seq = -seq WHERE seq > 5; UPDATE audit_link SET seq = -seq - 1 WHERE seq < 0`,
      { fault: "reordered", seq: "5" },
    ],
    [
      "two links that changed places",
      `UPDATE audit_link SET seq = -1 WHERE seq = 5; UPDATE audit_link SET seq = 5 WHERE seq = 6;
       UPDATE audit_link SET seq = 6 WHERE seq = -1`,
      { fault: "reordered", seq: "5" },
    ],
    [
      "two entries that changed places",
      `UPDATE audit_link SET entry_id = -1 WHERE seq = 5;
       UPDATE audit_link SET entry_id = (SELECT id FROM audit_entry WHERE subject = 'thing:4') WHERE seq = 6;
       UPDATE audit_link SET entry_id = (SELECT id FROM audit_entry WHERE subject = 'thing:5') WHERE seq = 5`,
      { fault: "changed", seq: "5" },
    ],
    [
      "an entry put in later with an earlier time",
      `INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, action, subject, request_id)
       VALUES ('2026-11-23T10:00:00Z', 'person', 'x', 'X', 'a.change', 'thing:forged', 'r')`,
      { fault: "inserted", seq: "11" },
    ],
    [
      "an entry that was kept from being sealed",
      `INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, action, subject, request_id)
       VALUES ('2026-11-23T12:00:00Z', 'person', 'x', 'X', 'a.change', 'thing:forged', 'r');
       DELETE FROM audit_unsealed`,
      { fault: "inserted", seq: null },
    ],
    [
      "an end that was cut off",
      "DELETE FROM audit_entry WHERE subject >= 'thing:7'; DELETE FROM audit_link WHERE seq > 7",
      { fault: "tail", seq: "10" },
    ],
  ];

  it.each(faults)("names %s", async (_, statement, found) => {
    await using db = await testDatabase();
    await sealed(db, 10);
    await anchorChain({ db, clock }, null);
    expect(await verifyChain(db.sql)).toMatchObject({ kind: "sound", links: 10 });
    await tamper(db, statement);
    await sealEntries({ db, clock });
    expect(await verifyChain(db.sql)).toMatchObject({ kind: "broken", ...found });
  });

  it("goes from page to page, also when links are added meanwhile, and names a whole page that is gone", async () => {
    await using db = await testDatabase();
    await sealed(db, 7);
    const walked: number[] = [];
    let isLater = false;
    // The page that ends the chain is a short one: what is added after it was read is not missed.
    const sql: typeof db.sql = async (text, values, options) => {
      const rows = await db.sql<never>(text, values, options);
      if (!isLater && text.includes("audit_link l LEFT JOIN") && rows.length === 1) {
        isLater = true;
        await sealed(db, 4);
      }
      return rows;
    };
    const options = { pageSize: 3, onProgress: (links: number) => void walked.push(links) };
    expect(await verifyChain(sql, options)).toMatchObject({ kind: "sound", links: 11 });
    expect(walked).toEqual([3, 6, 7, 10, 11]);
    await tamper(db, "DELETE FROM audit_link WHERE seq BETWEEN 4 AND 6");
    expect(await verifyChain(db.sql, { pageSize: 3 })).toMatchObject({ fault: "removed", seq: "4" });
  });

  it("does not believe a chain that was made anew from a changed entry on, as long as an anchor is kept", async () => {
    await using db = await testDatabase();
    await sealed(db, 10);
    await anchorChain({ db, clock }, null);
    const [anchor] = await listAnchors({ db });
    await tamper(
      db,
      `UPDATE audit_entry SET reason = 'nicer' WHERE subject = 'thing:4';
       DELETE FROM audit_anchor; DELETE FROM audit_link WHERE seq >= 5;
       INSERT INTO audit_unsealed SELECT id FROM audit_entry WHERE subject >= 'thing:4'`,
    );
    await sealEntries({ db, clock });
    // With the anchors of the database gone too, it looks sound from inside.
    expect(await verifyChain(db.sql)).toMatchObject({ kind: "sound", links: 10 });
    const kept = { seq: anchor?.seq ?? "", hash: anchor?.hash ?? "", from: "kept elsewhere" };
    expect(await verifyChain(db.sql, { anchors: [kept] })).toMatchObject({
      kind: "broken",
      fault: "rewritten",
      seq: "10",
    });
  });
});

describe("anchors", () => {
  it("are written once a day and signed with a key that belongs to the configuration", async () => {
    await using db = await testDatabase();
    const day = fakeClock("2026-11-23T23:59:00.000Z");
    const key = anchorKeyOf("a secret that only tests use, 0123456789");
    expect(await anchorChain({ db, clock: day }, key)).toBe(false);
    await sealed(db, 3);
    expect(await anchorChain({ db, clock: day }, key)).toBe(true);
    expect(await anchorChain({ db, clock: day }, key)).toBe(false);
    day.advance(120_000);
    expect(await anchorChain({ db, clock: day }, key)).toBe(true);
    const anchors = await listAnchors({ db });
    expect(anchors.map(({ day, seq }) => [day, seq])).toEqual([
      ["2026-11-24", "3"],
      ["2026-11-23", "3"],
    ]);
    const [newest] = anchors;
    if (!newest?.signature || !newest.publicKey) throw new Error("It is not signed.");
    expect(newest.publicKey).toBe(anchorKeyOf("a secret that only tests use, 0123456789").publicKey);
    expect(isSignedBy(newest.publicKey, anchorText(newest), newest.signature)).toBe(true);
    expect(isSignedBy(newest.publicKey, anchorText({ ...newest, seq: "4" }), newest.signature)).toBe(false);
  });
});

it("is sealed, anchored and checked by itself, and tells what it found", async () => {
  await using db = await testDatabase();
  const ctx = aCtx({ db, role: "auditor" });
  const running = keepChain({ db, clock: ctx.clock, log: ctx.log, anchorKey: null });
  try {
    await record(db, "thing:1");
    await expect
      .poll(() => getChain({ db }), { timeout: 20_000 })
      .toMatchObject({
        head: { seq: "1" },
        unsealed: { entries: 0, oldestAt: null },
      });
    await checkChain(ctx);
    await expect
      .poll(() => getChain({ db }), { timeout: 20_000 })
      .toMatchObject({
        head: { seq: "2" },
        isChecking: false,
        checked: { verdict: { kind: "sound" } },
      });
    expect(running.health().state).toBe("ok");
  } finally {
    await running.stop();
  }
});

describe("one entry", () => {
  it("gives the hash that the chain keeps, to the server and to whoever hashes the same text", async () => {
    await using db = await testDatabase();
    await sealed(db, 3);
    const [newest] = (await listAudit({ db, clock }, listAuditInput.parse({}))).rows;
    if (!newest?.link) throw new Error("It is not sealed.");
    const check = await checkEntry({ db }, { id: newest.id });
    if (check.kind !== "sealed") throw new Error("It is not sealed.");
    const { hash, seq } = newest.link;
    expect(check).toMatchObject({ seq, hash, computed: hash, follows: true });
    expect(createHash("sha256").update(check.text).digest("hex")).toBe(hash);
    expect(check.text).toContain(newest.subject);
    await record(db, "thing:new");
    const [unsealed] = (await listAudit({ db, clock }, listAuditInput.parse({ subject: "thing:new" }))).rows;
    expect(await checkEntry({ db }, { id: unsealed?.id ?? "" })).toEqual({ kind: "unsealed" });
  });

  it("is found out when it was changed, and when the link before it is another", async () => {
    await using db = await testDatabase();
    await sealed(db, 4);
    const { rows } = await listAudit({ db, clock }, listAuditInput.parse({}));
    const idOf = (subject: string) => rows.find((row) => row.subject === subject)?.id ?? "";
    await tamper(
      db,
      `UPDATE audit_entry SET reason = 'nicer' WHERE subject = 'thing:1';
       UPDATE audit_link SET hash = sha256('other') WHERE entry_id = ${idOf("thing:2")}`,
    );
    const changed = await checkEntry({ db }, { id: idOf("thing:1") });
    if (changed.kind !== "sealed") throw new Error("It is not sealed.");
    expect(changed.computed).not.toBe(changed.hash);
    expect(await checkEntry({ db }, { id: idOf("thing:3") })).toMatchObject({ follows: false });
    expect(await checkEntry({ db }, { id: idOf("thing:0") })).toMatchObject({ follows: true });
  });

  it("is shown to an auditor of one network only when it happened there", async () => {
    await using db = await testDatabase();
    await sealed(db, 1);
    const [{ id } = { id: "" }] = (await listAudit({ db, clock }, listAuditInput.parse({}))).rows;
    await expect(checkEntry({ db }, { id, network: "testnet" })).rejects.toMatchObject({ code: "not_found" });
  });
});

it("counts what a filter matches, as its list has it", async () => {
  await using db = await testDatabase();
  for (const n of [1, 2, 3]) await record(db, `thing:${n}`);
  expect(await countAudit({ db, clock }, {})).toEqual({ entries: 3, isMore: false });
  expect(await countAudit({ db, clock }, { subject: "thing:2" })).toEqual({ entries: 1, isMore: false });
  expect(await countAudit({ db, clock }, { text: "thing:" })).toEqual({ entries: 3, isMore: false });
  expect(await countAudit({ db, clock }, { network: "mainnet" })).toEqual({ entries: 0, isMore: false });
});

async function record(db: TestDatabase, subject: string): Promise<void> {
  await db.prisma.$transaction((tx) =>
    recordAudit(tx, aCtx({ db, clock }), { action: "a.change", subject, after: { n: 4 } }),
  );
}

async function sealed(db: TestDatabase, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await record(db, `thing:${n}`);
  await sealEntries({ db, clock });
}

/** What somebody does who owns the database and wants to hide it. */
async function tamper(db: TestDatabase, statement: string): Promise<void> {
  const client = new Client({ connectionString: db.url });
  await client.connect();
  const tables = ["audit_entry", "audit_link", "audit_anchor"];
  const [off, on] = ["DISABLE TRIGGER", "ENABLE ALWAYS TRIGGER"].map((what) =>
    tables.map((table) => `ALTER TABLE ${table} ${what} ${table}_append_only;`).join(" "),
  );
  await client.query(`${off} ${statement}; ${on}`);
  await client.end();
}

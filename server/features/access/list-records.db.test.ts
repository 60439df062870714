import { expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { getPatterns } from "./get-patterns.ts";
import { listRecords } from "./list-records.ts";
import { accessFilterInput, listRecordsInput } from "./schema.ts";

const now = new Date("2026-11-23T12:00:00.000Z");
const clock = fakeClock(now);
const node = `0x${"ab".repeat(32)}`;
const reader = `0x${"11".repeat(32)}`;

type Row = {
  ago: string;
  client?: number;
  bucket?: number;
  operation?: number;
  status?: number;
  grant?: number | null;
};

/** Two accounts, one node, one grant for GET that ended an hour ago. */
async function insert(db: TestDatabase, rows: readonly Row[]): Promise<void> {
  await db.sql(
    "CREATE TABLE IF NOT EXISTS activity_20261123 PARTITION OF activity FOR VALUES FROM ('2026-11-23') TO ('2026-11-24')",
  );
  await db.sql("INSERT INTO ddc_node (network, node_key) VALUES (3, $1) ON CONFLICT DO NOTHING", [node]);
  await db.sql(
    "INSERT INTO ddc_client (public_key) VALUES (decode(repeat('11', 32), 'hex')), (decode(repeat('22', 32), 'hex')) ON CONFLICT DO NOTHING",
  );
  await db.sql(
    "INSERT INTO ingest_offset (topic, partition, next_offset) VALUES ('ddc.activity', 0, 0) ON CONFLICT DO NOTHING",
  );
  await db.sql(
    "INSERT INTO ddc_grant (name, bucket, operations, links, expires_at) VALUES ('\\x01', 7, 2, 1, '2026-11-23T11:00:00Z') ON CONFLICT DO NOTHING",
  );
  for (const [
    index,
    { ago, client = 1, bucket = 7, operation = 1, status = 0, grant = null },
  ] of rows.entries())
    await db.sql(
      `INSERT INTO activity (at, bucket, bytes, kafka_offset, node, client, source, network, operation, status, content_type, grant_id, cid)
       VALUES ($1::timestamptz - $2::interval, $3, 10, $4, 1, $5, 1, 3, $6, $7, 0, $8, decode('01021e20' || repeat('cd', 32), 'hex'))`,
      [now, ago, bucket, index, client, operation, status, grant],
    );
}

/** On a busy machine a page may end before it has looked at everything: then the next goes on. */
async function askAll(db: TestDatabase, input: object) {
  let page = await ask(db, input);
  const rows = [...page.rows];
  while (page.next) {
    page = await ask(db, { ...input, cursor: page.next });
    rows.push(...page.rows);
  }
  return { ...page, rows };
}

const ask = (db: TestDatabase, input: object) =>
  listRecords({ db, clock }, listRecordsInput.parse({ network: "mainnet", from: "now-12h", ...input }));

it("gives every record once, newest first, page by page, of one millisecond too", async () => {
  await using db = await testDatabase();
  await insert(
    db,
    Array.from({ length: 25 }, (_, index) => ({ ago: `${1 + Math.floor(index / 4)} minutes` })),
  );
  const offsets = (await askAll(db, { limit: 7 })).rows.map(({ offset }) => offset);
  expect(offsets).toHaveLength(25);
  expect(new Set(offsets).size).toBe(25);
});

it("finds by bucket, account, node, CID, operation, status and tab", async () => {
  await using db = await testDatabase();
  await insert(db, [
    { ago: "1 minute" },
    { ago: "2 minutes", bucket: 8 },
    { ago: "3 minutes", client: 2, operation: 0 },
    { ago: "4 minutes", status: 4 },
    { ago: "5 minutes", grant: 1 },
    { ago: "2 hours", grant: 1 },
  ]);
  const found = async (input: object) => (await askAll(db, input)).rows.map(({ offset }) => offset).join();
  expect(await found({})).toBe("0,1,2,3,4,5");
  expect(await found({ bucket: "8" })).toBe("1");
  expect(await found({ account: `0x${"22".repeat(32)}` })).toBe("2");
  expect(await found({ account: `0x${"33".repeat(32)}` })).toBe("");
  expect(await found({ node })).toBe("0,1,2,3,4,5");
  expect(await found({ operation: ["put"] })).toBe("2");
  expect(await found({ status: ["aborted"], account: reader })).toBe("3");
  expect(await found({ tab: "refused" })).toBe("3");
  expect(await found({ tab: "writes" })).toBe("2");
  expect(await found({ tab: "after-end" })).toBe("4");
  expect(await found({ from: "now-3m", to: "now-90s" })).toBe("1,2");
  const [late] = (await askAll(db, { tab: "after-end" })).rows;
  expect(late).toMatchObject({
    answer: "allowed",
    isAfterEnd: true,
    grant: { expiresAt: "2026-11-23T11:00:00.000Z", operations: ["get"] },
  });
  await expect(ask(db, { account: "nobody" })).rejects.toMatchObject({ code: "invalid" });
});

it("says what was searched when nothing is found", async () => {
  await using db = await testDatabase();
  await insert(db, [{ ago: "1 minute" }]);
  const page = await askAll(db, { bucket: "99", from: "2026-11-23T10:00:00Z" });
  expect(page).toMatchObject({
    rows: [],
    next: null,
    searched: { from: "2026-11-23T10:00:00.000Z", isComplete: true, keptSince: "2026-11-23T00:00:00.000Z" },
  });
});

it("shows bursts of refusals, new accounts, and grants that were used after their end", async () => {
  await using db = await testDatabase();
  await insert(db, [
    ...Array.from({ length: 6 }, () => ({ ago: "5 minutes", client: 2, status: 4 })),
    ...Array.from({ length: 4 }, () => ({ ago: "50 minutes", status: 4 })),
    { ago: "3 hours" },
    { ago: "10 minutes", grant: 1 },
    { ago: "9 minutes", grant: 1, status: 4 },
  ]);
  await db.sql(
    "CREATE TABLE rollup_1h_202611 PARTITION OF rollup_1h FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')",
  );
  await db.sql("INSERT INTO rollup_1h VALUES (3, 1, 0, '2026-11-23T08:00:00Z', 1, 0, 0, 0, '{}')");
  const patterns = await getPatterns(
    { db, clock },
    accessFilterInput.parse({ network: "mainnet", from: "now-1h" }),
  );
  expect(patterns.bursts).toMatchObject([{ refused: 6, bucket: "7" }]);
  expect(patterns.afterEnd).toMatchObject([{ requests: 2, allowed: 1, endedAt: "2026-11-23T11:00:00.000Z" }]);
  expect(patterns.readers.map(({ requests, isNew }) => [requests, isNew])).toEqual([
    [6, false],
    [6, true],
  ]);
});

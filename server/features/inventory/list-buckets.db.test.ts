import { describe, expect, it } from "vitest";
import { cidOf } from "../../kernel/cid/cid.ts";
import { viewerCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { getBucket } from "./get-bucket.ts";
import { listBuckets } from "./list-buckets.ts";
import { listObjects } from "./list-objects.ts";
import { bucketSorts } from "./list-rules.ts";
import { refreshDays } from "./refresh-days.ts";
import { listBucketsInput, listObjectsInput } from "./schema.ts";

const network = "mainnet";
const top = 2n ** 64n - 1n;

describe("the list of buckets", () => {
  it("is gone through page by page without loss or repetition, in every order", async () => {
    await using db = await testDatabase();
    await someBuckets(db);
    const ctx = viewerCtx(db);
    for (const sort of bucketSorts)
      for (const order of ["asc", "desc"]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof listBuckets>> = await listBuckets(
            ctx,
            listBucketsInput.parse({ network, sort, order, cursor, limit: 7 }),
          );
          seen.push(...page.rows.map(({ bucket }) => bucket));
          cursor = page.next;
        } while (cursor !== null);
        expect(new Set(seen).size, `${sort} ${order}`).toBe(31);
        expect(seen).toHaveLength(31);
      }
  });

  it("takes what tRPC adds to the input of an infinite query", () => {
    const asked = { network, sort: "objects", order: "asc", cursor: null, direction: "forward" };
    expect(listBucketsInput.parse(asked)).toMatchObject({ sort: "objects", order: "asc" });
  });

  it("keeps all 64 bits of a number, and names buckets that only activity knows", async () => {
    await using db = await testDatabase();
    await someBuckets(db);
    const page = await listBuckets(viewerCtx(db), listBucketsInput.parse({ network, text: top.toString() }));
    expect(page.rows).toMatchObject([{ bucket: top.toString(), visibility: "unregistered", objects: "3" }]);
    expect(page.summary).toMatchObject({ matching: 1 });
  });

  it("filters by who may read, removal and owner", async () => {
    await using db = await testDatabase();
    await someBuckets(db);
    const find = async (filter: object) =>
      (await listBuckets(viewerCtx(db), listBucketsInput.parse({ network, limit: 500, ...filter }))).rows
        .length;
    expect(await find({ visibility: "private" })).toBe(15);
    expect(await find({ visibility: "public" })).toBe(15);
    expect(await find({ isRemoved: true })).toBe(1);
    expect(await find({ isRemoved: null })).toBe(32);
    expect(await find({ text: "owner 2" })).toBe(10);
    expect(await find({ text: "owner 2 and more" })).toBe(0);
  });

  it("says how many hours of the day had how many requests", async () => {
    await using db = await testDatabase();
    await someBuckets(db);
    const at = new Date("2026-11-23T12:30:00Z");
    await db.sql(
      "CREATE TABLE rollup_1h_201011 PARTITION OF rollup_1h FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')",
    );
    await db.sql(
      `INSERT INTO rollup_1h (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
       VALUES (3, 4, 4, '2026-11-23T12:00Z', 5, 1, 900, 70, ARRAY[(1::bigint << 49) + 4, 1]),
              (3, 4, 4, '2026-11-22T13:00Z', 2, 0, 100, 0, ARRAY[(1::bigint << 49) + 2]),
              (3, 4, 4, '2026-11-22T12:00Z', 99, 0, 0, 0, ARRAY[99::bigint])`,
    );
    await refreshDays(db, at);
    const { bucket } = await getBucket(viewerCtx(db), { network, bucket: "4" });
    expect(bucket).toMatchObject({
      requests24h: "7",
      reads24h: "6",
      writes24h: "1",
      failures24h: "1",
      readBytes24h: "1000",
    });
    expect(bucket.hours).toHaveLength(24);
    expect([bucket.hours[0], bucket.hours[1], bucket.hours[23]]).toEqual([2, 0, 5]);
  });
});

describe("the objects of a bucket", () => {
  it("come newest first, page by page, and by the start of a CID", async () => {
    await using db = await testDatabase();
    const cids = Array.from({ length: 25 }, (_, index) => cidOf("raw-piece", new Uint8Array(32).fill(index)));
    for (const [index, cid] of cids.entries())
      await db.sql(
        `INSERT INTO ddc_piece (network, bucket, cid, known, first_seen, last_seen)
         VALUES (3, 9, $1, 4, timestamptz '2026-11-23' + $2 * interval '1 s', now())`,
        [Buffer.from(cid.bytes), Math.floor(index / 10)],
      );
    const ctx = viewerCtx(db);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listObjects>> = await listObjects(
        ctx,
        listObjectsInput.parse({ network, bucket: "9", cursor, limit: 4 }),
      );
      seen.push(...page.rows.map(({ cid }) => cid));
      cursor = page.next;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(25);
    expect(seen[0]).toBe(cids[24]?.text);
    const text = cids[7]?.text.slice(0, 14);
    const found = await listObjects(ctx, listObjectsInput.parse({ network, bucket: "9", text }));
    expect(found.rows.map(({ cid }) => cid)).toEqual([cids[7]?.text]);
  });
});

/** 31 that are there (one known by activity only) and one that was removed. */
async function someBuckets(db: TestDatabase): Promise<void> {
  await db.sql(
    `INSERT INTO ddc_bucket (network, bucket, owner, is_public, is_removed)
     SELECT 3, n, 'owner ' || n % 3, n % 2 = 0, n = 30 FROM generate_series(0, 30) AS n`,
  );
  await db.sql(
    `INSERT INTO ddc_bucket_use (network, bucket, known, objects, requests, requests_24h, last_seen)
     SELECT 3, n, 4, n % 5, n, n % 4, now() - n % 3 * interval '1 s' FROM generate_series(0, 20) AS n
     UNION ALL SELECT 3, -1, 4, 3, 10, 2, now()`,
  );
}

import { listRecords } from "../../server/features/access/list-records.ts";
import { type AccessFilter, listRecordsInput } from "../../server/features/access/schema.ts";
import { getBucket } from "../../server/features/inventory/get-bucket.ts";
import { getBucketHistory } from "../../server/features/inventory/get-bucket-history.ts";
import { getPiece } from "../../server/features/inventory/get-piece.ts";
import { listBuckets } from "../../server/features/inventory/list-buckets.ts";
import { listObjects } from "../../server/features/inventory/list-objects.ts";
import { bucketSorts } from "../../server/features/inventory/list-rules.ts";
import { newestOfBucket, newestOfPiece } from "../../server/features/inventory/read-newest.ts";
import { refreshDays } from "../../server/features/inventory/refresh-days.ts";
import { listBucketsInput, listObjectsInput } from "../../server/features/inventory/schema.ts";
import type { Database } from "../../server/ports/database.ts";
import { aCtx } from "../../server/testing/a-ctx.ts";
import type { Plan } from "./fill.ts";

const rounds = 150;
const warmUp = 10;
const network = "mainnet";

/** What each page asks at once, through the verbs, from the call to the last answer. */
export async function measurePages(db: Database, plan: Plan, say: (line: string) => void) {
  const ctx = aCtx({ db, clock: { now: () => new Date() } });
  await refreshDays(db, new Date());
  const cids = await someCids(db);
  const list = (round: number) =>
    listBuckets(
      ctx,
      listBucketsInput.parse({
        network,
        sort: bucketSorts[round % bucketSorts.length],
        ...(round % 4 === 0 && { visibility: "public" }),
      }),
    );
  const bucketOf = (round: number) => String(Math.floor(plan.buckets * ((round % 50) / 50) ** 4));
  const bucketPage = (round: number) => {
    const bucket = bucketOf(round);
    return Promise.all([
      getBucket(ctx, { network, bucket }),
      newestOfBucket(ctx, { network, bucket }),
      listObjects(ctx, listObjectsInput.parse({ network, bucket })),
      getBucketHistory(ctx, { network, bucket, from: "now-24h", to: "now" }),
    ]);
  };
  const cidPage = (round: number) => {
    const cid = cids[round % cids.length] ?? "";
    return Promise.all([
      getPiece(ctx, { network, cid, bucket: null }),
      newestOfPiece(ctx, { network, cid, bucket: null }),
    ]);
  };
  const accessPage = (round: number) => {
    const filters: Partial<AccessFilter>[] = [
      {},
      { bucket: bucketOf(round) },
      { cid: cids[round % cids.length] ?? "" },
      { status: ["not_found"] },
      { operation: ["put"], bucket: bucketOf(round) },
    ];
    const filter = filters[round % filters.length];
    return listRecords(ctx, listRecordsInput.parse({ network, from: "now-7d", to: "now", ...filter }));
  };
  return {
    bucketsMsP95: await p95("buckets", list, say),
    bucketMsP95: await p95("a bucket's page, four calls", bucketPage, say),
    cidMsP95: await p95("a CID's page, two calls", cidPage, say),
    accessMsP95: await p95("a page of accesses, by five filters", accessPage, say),
  };
}

async function someCids(db: Database): Promise<string[]> {
  const page = await listObjects(
    aCtx({ db }),
    listObjectsInput.parse({ network, bucket: "0", sort: "oldest", limit: 200 }),
  );
  return page.rows.map(({ cid }) => cid);
}

async function p95(
  what: string,
  call: (round: number) => Promise<unknown>,
  say: (line: string) => void,
): Promise<number> {
  for (let round = 0; round < warmUp; round++) await call(round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await call(round);
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 10) / 10;
  say(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
  return at(0.95);
}

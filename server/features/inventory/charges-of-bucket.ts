import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { ledgerAbsence } from "../economics/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import { allocateCharge, allocationRule } from "./allocation.ts";
import type { BucketCharges } from "./schema.ts";
import { bitsOf } from "./store.ts";

export type BucketChargesQuery = {
  network: NetworkName;
  bucket: string;
  owner: string | null;
  from: Date;
  to: Date;
};

/** The newest days of a range in which the owner was charged, with this bucket's part. */
export async function chargesOfBucket(
  ctx: Pick<Ctx, "db" | "clock">,
  query: BucketChargesQuery,
): Promise<BucketCharges> {
  const sources = await listSources(ctx, { network: query.network });
  const gap = ledgerAbsence(
    query.network,
    sources.find(({ family }) => family === "ddc"),
  );
  if (gap !== null) return { state: "unknown", reason: gap };
  if (query.owner === null)
    return { state: "unknown", reason: "The chain's registry does not name an owner of this bucket." };
  const rows = await ctx.db.sql<DayRow>(statement, [
    networkByName(query.network).id,
    query.owner,
    query.from,
    query.to,
    bitsOf(query.bucket),
  ]);
  return {
    state: "allocated",
    owner: query.owner,
    ownerBuckets: rows[0]?.buckets ?? 1,
    rule: allocationRule,
    days: rows.map(toDay),
  };
}

type DayRow = {
  day: string;
  charged: string;
  buckets: number;
  requests: string;
  bytes: string;
  all_requests: string;
  all_bytes: string;
};

function toDay(row: DayRow) {
  const own = { requests: BigInt(row.requests), bytes: BigInt(row.bytes) };
  const all = { requests: BigInt(row.all_requests), bytes: BigInt(row.all_bytes) };
  const allocated = allocateCharge(BigInt(row.charged), own, all);
  return {
    day: row.day,
    requests: row.requests,
    allocated: allocated?.toString() ?? null,
    charged: row.charged,
  };
}

const mostDays = 14;

const statement = `
  WITH owned AS (
    SELECT bucket FROM ddc_bucket WHERE network = $1 AND owner = $2
  ), charged AS (
    SELECT date_trunc('day', at, 'UTC') AS day, sum(amount) AS amount FROM ledger_account_1h
    WHERE network = $1 AND kind = 'charge' AND account = $2
      AND at >= date_trunc('day', $3::timestamptz, 'UTC') AND at < $4
    GROUP BY 1 ORDER BY 1 DESC LIMIT ${mostDays}
  ), work AS (
    SELECT at AS day, subject = $5 AS is_own, requests, read_bytes + written_bytes AS bytes
    FROM rollup_1d JOIN owned ON subject = bucket
    WHERE scope = 4 AND network = $1 AND at >= date_trunc('day', $3::timestamptz, 'UTC') AND at < $4
  )
  SELECT to_char(charged.day AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, charged.amount AS charged,
         (SELECT count(*)::integer FROM owned) AS buckets,
         coalesce(sum(requests) FILTER (WHERE is_own), 0) AS requests, coalesce(sum(bytes) FILTER (WHERE is_own), 0) AS bytes,
         coalesce(sum(requests), 0) AS all_requests, coalesce(sum(bytes), 0) AS all_bytes
  FROM charged LEFT JOIN work ON work.day = charged.day
  GROUP BY charged.day, charged.amount ORDER BY charged.day DESC`;

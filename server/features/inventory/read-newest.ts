import { isFailure, statuses } from "../../kernel/cells.ts";
import { parseCid } from "../../kernel/cid/parse-cid.ts";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { toSs58 } from "../../kernel/ss58.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { newestRequests } from "./list-rules.ts";
import type { BucketInput, Newest, PieceInput } from "./schema.ts";
import { bitsOf } from "./store.ts";

/** Who served and who asked, of the newest requests for a bucket: bounded, whatever it does in a second. */
export async function newestOfBucket(ctx: Ctx, input: BucketInput): Promise<Newest> {
  return newest(ctx, "activity WHERE bucket = $1 AND network = $2", [
    bitsOf(input.bucket),
    networkByName(input.network).id,
  ]);
}

/** The same for one CID, in all buckets or in one. */
export async function newestOfPiece(ctx: Ctx, input: PieceInput): Promise<Newest> {
  const parsed = parseCid(input.cid);
  if (parsed.kind === "fault") throw invalid(parsed.fault.reason);
  const values: unknown[] = [Buffer.from(parsed.cid.bytes), networkByName(input.network).id];
  if (input.bucket) values.push(bitsOf(input.bucket));
  const condition = `network = $2 ${input.bucket ? "AND bucket = $3" : ""}`;
  // Each first of a group is a row too: no more of them are needed than rows are shown.
  const [enough] = await ctx.db.sql<{ since: Date }>(
    `SELECT date_trunc('second', at) AS since FROM activity WHERE cid_prefix = cid_prefix_of($1) AND cid = $1
       AND ${condition} AND first_of_cid ORDER BY at DESC OFFSET ${newestRequests} LIMIT 1`,
    values,
  );
  const since = `$${values.length + 1}::timestamptz`;
  return newest(ctx, `activity_of_cid($1, ${since}, 'infinity') AS activity WHERE ${condition}`, [
    ...values,
    enough?.since ?? "-infinity",
  ]);
}

type RequestRow = {
  at: Date;
  bytes: string;
  status: number;
  latency_us: number | null;
  node_key: string;
  name: string | null;
  public_key: Buffer | null;
};

async function newest({ db }: Ctx, rows: string, values: readonly unknown[]): Promise<Newest> {
  const found = await db.sql<RequestRow>(
    `SELECT a.at, a.bytes, a.status, a.latency_us, n.node_key, n.reported->>'host.name' AS name, c.public_key
     FROM (SELECT at, bytes, status, latency_us, node, client FROM ${rows}
           ORDER BY at DESC LIMIT ${newestRequests + 1}) AS a
     JOIN ddc_node AS n ON n.id = a.node LEFT JOIN ddc_client AS c ON c.id = a.client ORDER BY a.at DESC`,
    values,
  );
  const seen = found.slice(0, newestRequests);
  return {
    requests: seen.length,
    isAll: found.length <= newestRequests,
    from: seen.at(-1)?.at.toISOString() ?? null,
    to: seen[0]?.at.toISOString() ?? null,
    nodes: [...Map.groupBy(seen, (row) => row.node_key)].map(servedBy).sort(byRequests),
    accounts: [...Map.groupBy(seen, (row) => row.public_key?.toString("hex") ?? null)]
      .map(askedBy)
      .sort(byRequests),
  };
}

function servedBy([nodeKey, rows]: [string, RequestRow[]]): Newest["nodes"][number] {
  return {
    nodeKey,
    name: rows[0]?.name ?? `${nodeKey.slice(0, 8)}…${nodeKey.slice(-4)}`,
    requests: rows.length,
    bytes: sumOfBytes(rows),
    failures: rows.filter(({ status }) => isFailure(statuses[status] ?? "unknown")).length,
    p50Ms: medianMs(rows),
    lastAt: lastOf(rows),
  };
}

function askedBy([key, rows]: [string | null, RequestRow[]]): Newest["accounts"][number] {
  const account = key === null ? null : accountOf(key);
  return { account, requests: rows.length, bytes: sumOfBytes(rows), lastAt: lastOf(rows) };
}

function accountOf(keyHex: string): string {
  return keyHex.length === 64 ? toSs58(`0x${keyHex}`) : `0x${keyHex}`;
}

function sumOfBytes(rows: readonly RequestRow[]): string {
  return rows.reduce((sum, { bytes }) => sum + BigInt(bytes), 0n).toString();
}

function medianMs(rows: readonly RequestRow[]): number | null {
  const known = rows.flatMap(({ latency_us }) => latency_us ?? []).sort((a, b) => a - b);
  const middle = known[Math.floor((known.length - 1) / 2)];
  return middle === undefined ? null : middle / 1_000;
}

function lastOf(rows: readonly RequestRow[]): string {
  return new Date(Math.max(...rows.map(({ at }) => at.getTime()))).toISOString();
}

function byRequests(a: { requests: number }, b: { requests: number }): number {
  return b.requests - a.requests;
}

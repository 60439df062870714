import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import { findCid } from "../../kernel/cid/parse-cid.ts";
import { networkById } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { RunSql } from "../../ports/database.ts";
import { type AnsweredNames, recordNames } from "../inventory/record-names.ts";
import { addNameEdge } from "../lineage/link-edges.ts";
import { unsignedBucket } from "../verification/content-nodes.ts";
import { resolveName } from "../verification/resolve-name.ts";
import type { DiscoveryPolicy } from "./schema.ts";

export type DiscoveryCtx = Pick<Ctx, "db" | "deps" | "clock">;
/** `names`: those that it is known to have. `bucket` is signed. */
export type DueBucket = { network: number; bucket: string; names: string[] };

/** The public bucket that was not asked for the longest time; null = none is due. */
export async function findDueBucket({ db, clock }: DiscoveryCtx): Promise<DueBucket | null> {
  const [row] = await db.sql<DueBucket>(
    `SELECT b.network, b.bucket, ARRAY(SELECT name FROM ddc_cns_name AS n WHERE n.network = b.network
       AND n.bucket = b.bucket ORDER BY name LIMIT 50) AS names
     FROM ddc_bucket AS b LEFT JOIN ddc_bucket_reading AS r ON r.network = b.network AND r.bucket = b.bucket
     WHERE b.is_public AND NOT b.is_removed AND (r.due_at IS NULL OR r.due_at <= $1)
     ORDER BY r.due_at NULLS FIRST, b.network, b.bucket LIMIT 1`,
    [clock.now()],
  );
  return row ?? null;
}

/** Asks nodes for the names of one bucket, and keeps what they answer. */
export async function visitBucket(
  ctx: DiscoveryCtx,
  { network, bucket, names: known }: DueBucket,
  policy: DiscoveryPolicy,
): Promise<void> {
  const place = { network: networkById(network).name, bucket: unsignedBucket(bucket) };
  const found: (AnsweredNames["names"][number] & { node: string | null })[] = [];
  let detail: string | null = null;
  for (const name of new Set([...policy.names, ...known])) {
    const answer = await resolveName(ctx, { ...place, name }, policy.timeoutMs);
    const cid = answer.cid === null ? null : findCid(answer.cid);
    if (cid) found.push({ name, cid, ttlSeconds: answer.ttlSeconds, node: answer.node });
    else detail ??= answer.detail;
  }
  await keepAnswers(ctx, { network, bucket, place, found, detail, policy });
}

type Visit = Omit<DueBucket, "names"> & {
  place: { bucket: string };
  found: readonly (AnsweredNames["names"][number] & { node: string | null })[];
  detail: string | null;
  policy: DiscoveryPolicy;
};

async function keepAnswers({ db, clock }: DiscoveryCtx, visit: Visit): Promise<void> {
  const { network, bucket, place, found, detail, policy } = visit;
  const at = clock.now();
  const due = new Date(at.getTime() + policy.everyMinutes * 60_000);
  await db.prisma.$transaction(async (tx) => {
    const sql: RunSql = (text, values) => tx.$queryRawUnsafe(text, ...values);
    const pointed = await recordNames(sql, { network, bucket, names: found, at });
    for (const { name, since, was } of pointed) {
      const answer = found.find((one) => one.name === name);
      if (!answer) continue;
      await addNameEdge(sql, {
        network,
        bucket: place.bucket,
        name,
        cid: answer.cid.text,
        was: was && textOf(was),
        since,
        servedBy: answer.node,
      });
    }
    await sql(
      `INSERT INTO ddc_bucket_reading AS kept (network, bucket, asked_at, due_at, names_found, detail)
       VALUES ($1::smallint, $2::bigint, $3::timestamptz, $4::timestamptz, $5::integer, nullif($6::text, ''))
       ON CONFLICT (network, bucket) DO UPDATE SET asked_at = excluded.asked_at, due_at = excluded.due_at,
         names_found = excluded.names_found, detail = excluded.detail`,
      [
        String(network),
        bucket,
        at.toISOString(),
        due.toISOString(),
        String(found.length),
        found.length > 0 ? "" : (detail ?? "No name is asked for."),
      ],
    );
    if (found.length > 0) await announce(sql, network, at);
  });
}

/** Pages of buckets and of lineage look again. */
export async function announce(sql: RunSql, network: number, at: Date): Promise<void> {
  for (const topic of ["inventory", "lineage"] as const)
    await sql("SELECT pg_notify($1::text, $2::text)::text", [
      noticeChannel,
      encodeNotice({ topic, network, ids: "all", at: at.getTime() }),
    ]);
}

function textOf(bytes: Uint8Array): string | null {
  const cid = cidFromBytes(bytes);
  return isCid(cid) ? cid.text : null;
}

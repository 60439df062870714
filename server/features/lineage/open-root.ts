import { findCid } from "../../kernel/cid/parse-cid.ts";
import { isAppError } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import { nodeKindCode } from "./graph-rules.ts";
import { type GraphCtx, type Root, requireRoot } from "./graph-store.ts";
import { readSources } from "./read-sources.ts";

/**
 * The root of a graph. A content or bucket that only activity or the chain names is taken into the graph when somebody
 * first looks at it: there are too many to keep the edges of all.
 */
export async function openRoot(ctx: GraphCtx, network: NetworkName, root: string): Promise<Root> {
  try {
    return await requireRoot(ctx, network, root);
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
    if (!(await takeIn(ctx, networkByName(network).id, root))) throw error;
    return requireRoot(ctx, network, root);
  }
}

async function takeIn(ctx: GraphCtx, network: number, root: string): Promise<boolean> {
  const colon = root.indexOf(":");
  const [kind, key] = [root.slice(0, colon), root.slice(colon + 1)];
  const known =
    kind === "content" ? await knownContent(ctx, network, key) : await knownBucket(ctx, network, key);
  if (known === null || (kind !== "content" && kind !== "bucket")) return false;
  const code = nodeKindCode(kind);
  const [node] = await ctx.db.sql<{ id: string }>(
    `INSERT INTO lineage_node AS kept (network, kind, key, first_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (network, kind, key) DO UPDATE SET first_at = least(kept.first_at, excluded.first_at) RETURNING id`,
    [network, code, key, known],
  );
  if (node) await readSources(ctx, [{ id: node.id, network, kind: code, key }]);
  return true;
}

async function knownContent({ db }: GraphCtx, network: number, key: string): Promise<Date | null> {
  const cid = findCid(key);
  if (!cid) return null;
  const [row] = await db.sql<{ at: Date | null }>(
    "SELECT min(first_seen) AS at FROM ddc_piece WHERE network = $1 AND cid = $2",
    [network, Buffer.from(cid.bytes)],
  );
  return row?.at ?? null;
}

async function knownBucket({ db, clock }: GraphCtx, network: number, key: string): Promise<Date | null> {
  if (!/^(0|[1-9]\d{0,19})$/.test(key) || BigInt(key) >= 2n ** 64n) return null;
  const bits = BigInt.asIntN(64, BigInt(key)).toString();
  const [row] = await db.sql<{ at: Date | null; is_known: boolean }>(
    `SELECT least(b.created_at, u.first_seen) AS at, b.bucket IS NOT NULL OR u.bucket IS NOT NULL AS is_known
     FROM (SELECT $2::bigint AS bucket) AS asked
     LEFT JOIN ddc_bucket AS b ON b.network = $1 AND b.bucket = asked.bucket
     LEFT JOIN ddc_bucket_use AS u ON u.network = $1 AND u.bucket = asked.bucket`,
    [network, bits],
  );
  return row?.is_known ? (row.at ?? clock.now()) : null;
}

import { type Cid, cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import type { DagLink } from "../../kernel/cid/dag-node.ts";
import { networkById } from "../../kernel/networks.ts";
import type { RunSql } from "../../ports/database.ts";
import { recordLinks } from "../inventory/record-links.ts";
import { addLinkEdges } from "../lineage/link-edges.ts";
import { type ContentNode, listContentNodes, unsignedBucket } from "../verification/content-nodes.ts";
import { storeChecks } from "../verification/store-checks.ts";
import { flatVerdict } from "../verification/verification-rules.ts";
import { type NodeOutcome, nextReadAt, outcomeText } from "./discovery-rules.ts";
import { readNode, type ServedNode } from "./read-node.ts";
import type { DiscoveryPolicy } from "./schema.ts";
import { announce, type DiscoveryCtx } from "./visit-bucket.ts";

/** `bucket` is signed. `linksKept` of the whole bucket, so far. */
export type DueNode = {
  network: number;
  bucket: string;
  cid: Buffer;
  firstSeen: Date;
  isPublic: boolean;
  linksKept: number;
};

const lookedAt = 200;
const askedAtMost = 4;

/** The next DAG node of a public bucket; those of other buckets that stand before it are put off. */
export async function findDueNode(ctx: DiscoveryCtx): Promise<DueNode | null> {
  const due = await ctx.db.sql<DueNode>(
    `SELECT p.network, p.bucket, p.cid, p.first_seen AS "firstSeen",
       coalesce(b.is_public AND NOT b.is_removed, false) AS "isPublic", coalesce(r.links_kept, 0)::integer AS "linksKept"
     FROM (SELECT network, bucket, cid, first_seen FROM ddc_piece
           WHERE get_byte(cid, 1) = 1 AND links_due < 'infinity' AND links_due <= $1
           ORDER BY links_due LIMIT ${lookedAt}) AS p
     LEFT JOIN ddc_bucket AS b ON b.network = p.network AND b.bucket = p.bucket
     LEFT JOIN ddc_bucket_reading AS r ON r.network = p.network AND r.bucket = p.bucket`,
    [ctx.clock.now()],
  );
  const closed = due.filter(({ isPublic }) => !isPublic);
  if (closed.length > 0) await putOff(ctx, closed);
  return due.find(({ isPublic }) => isPublic) ?? null;
}

async function putOff({ db, clock }: DiscoveryCtx, nodes: readonly DueNode[]): Promise<void> {
  const outcome = { kind: "private" } as const;
  await db.sql(
    `UPDATE ddc_piece AS p SET links_due = $4, links_detail = $5
     FROM unnest($1::smallint[], $2::bigint[], $3::bytea[]) AS given (network, bucket, cid)
     WHERE (p.network, p.cid, p.bucket) = (given.network, given.cid, given.bucket)`,
    [
      nodes.map(({ network }) => network),
      nodes.map(({ bucket }) => bucket),
      nodes.map(({ cid }) => cid),
      nextReadAt(outcome, clock.now()),
      outcomeText(outcome),
    ],
  );
}

/** Reads one DAG node from the first storage node whose bytes hash to its CID, and keeps its links. */
export async function walkNode(
  ctx: DiscoveryCtx,
  due: DueNode,
  { policy, signal }: { policy: DiscoveryPolicy; signal: AbortSignal },
): Promise<NodeOutcome> {
  const cid = cidFromBytes(due.cid);
  if (!isCid(cid)) throw new Error(`A stored CID is none: ${cid.reason}`);
  const bucket = unsignedBucket(due.bucket);
  const nodes = await listContentNodes(ctx.db, { network: networkById(due.network).name, bucket });
  let last: NodeOutcome = { kind: "unreachable", detail: "No registered node could be asked." };
  for (const node of nodes.slice(0, askedAtMost)) {
    const served = await ask(ctx, { cid, bucket, node, policy }, signal);
    if (served.kind === "links") {
      const room = Math.max(0, policy.linksPerBucket - due.linksKept);
      const kept = served.links.slice(0, Math.min(policy.linksPerNode, room));
      const outcome: NodeOutcome = { kind: "read", found: served.links.length, kept: kept.length };
      await keep(ctx, { due, cid, outcome, links: kept, servedBy: node.key });
      return outcome;
    }
    if (served.kind === "wrong") await blameNode(ctx, { due, node, served });
    last = outcomeOf(served, node, policy);
    if (last.kind === "too_large" || last.kind === "no_node") break;
  }
  await keep(ctx, { due, cid, outcome: last, links: [], servedBy: "" });
  return last;
}

type Asked = { cid: Cid; bucket: string; node: ContentNode; policy: DiscoveryPolicy };

async function ask(
  { deps }: DiscoveryCtx,
  { cid, bucket, node, policy }: Asked,
  signal: AbortSignal,
): Promise<ServedNode> {
  const limit = AbortSignal.timeout(policy.timeoutMs);
  const content = { target: node.target, bucket, cid, token: null, maxBytes: policy.maxBytes };
  return readNode(deps.contentStore, content, AbortSignal.any([signal, limit])).catch((error: unknown) => {
    if (!limit.aborted || signal.aborted) throw error;
    return { kind: "failed", why: "timeout", detail: `No end within ${policy.timeoutMs} ms.` };
  });
}

type Lie = { due: DueNode; node: ContentNode; served: Extract<ServedNode, { kind: "wrong" }> };

/** A node that served something else stands among the verifications, as if the schedule had found it. */
function blameNode({ db, clock }: DiscoveryCtx, { due, node, served }: Lie): Promise<void> {
  const { computed, bytes, ms } = served;
  const { network, bucket, cid } = due;
  const check = { ...flatVerdict({ kind: "mismatch", computed }), bytes, firstByteMs: null, totalMs: ms };
  return storeChecks(db, [{ ...check, node: node.id, network, at: clock.now(), bucket, cid }]);
}

function outcomeOf(
  served: Exclude<ServedNode, { kind: "links" }>,
  { name }: ContentNode,
  { maxBytes }: DiscoveryPolicy,
): NodeOutcome {
  if (served.kind === "wrong") return { kind: "wrong" };
  if (served.kind === "no_node") return served;
  if (served.why === "too_large") return { kind: "too_large", maxBytes };
  return { kind: "unreachable", detail: `${name}: ${served.detail}` };
}

type Kept = { due: DueNode; cid: Cid; outcome: NodeOutcome; links: readonly DagLink[]; servedBy: string };

async function keep({ db, clock }: DiscoveryCtx, kept: Kept): Promise<void> {
  const { due, cid, outcome, links, servedBy } = kept;
  const { network, bucket, firstSeen: since } = due;
  const at = clock.now();
  await db.prisma.$transaction(
    async (tx) => {
      const sql: RunSql = (text, values) => tx.$queryRawUnsafe(text, ...values);
      await recordLinks(sql, { network, bucket, parent: cid, links, at });
      await addLinkEdges(sql, {
        network,
        bucket: unsignedBucket(bucket),
        parent: cid,
        links,
        servedBy,
        at,
        since,
      });
      await sql(
        `WITH read AS (
           UPDATE ddc_piece SET links_due = $4::timestamptz, links_detail = nullif($5::text, '')
           WHERE network = $1::smallint AND bucket = $2::bigint AND cid = decode($3, 'hex')
         )
         INSERT INTO ddc_bucket_reading AS kept (network, bucket, asked_at, due_at, links_kept)
         VALUES ($1::smallint, $2::bigint, $6::timestamptz, $6::timestamptz, $7::bigint)
         ON CONFLICT (network, bucket) DO UPDATE SET links_kept = kept.links_kept + excluded.links_kept`,
        [
          String(network),
          bucket,
          Buffer.from(cid.bytes).toString("hex"),
          nextReadAt(outcome, at)?.toISOString() ?? "infinity",
          outcomeText(outcome) ?? "",
          at.toISOString(),
          String(links.length),
        ],
      );
      if (links.length > 0) await announce(sql, network, at);
    },
    { timeout: 30_000 },
  );
}

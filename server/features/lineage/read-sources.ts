import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { RunSql } from "../../ports/database.ts";
import { addEdges, type GivenEdge } from "./add-edges.ts";
import { nodeKindCode } from "./graph-rules.ts";
import { lineageNotice } from "./lineage-notice.ts";
import { readAccess } from "./read-access.ts";
import { readCharges } from "./read-charges.ts";
import { nextSourceRead } from "./source-rules.ts";

export type SourceCtx = Pick<Ctx, "db" | "clock">;
/** A content or a bucket of the graph. */
export type SourceNode = { id: string; network: number; kind: number; key: string };

/** Contents and buckets whose activity, usage and charges were not read for the longest time. */
export function listDueNodes({ db, clock }: SourceCtx, limit: number): Promise<SourceNode[]> {
  return db.sql<SourceNode>(
    `SELECT id, network, kind, key FROM lineage_node WHERE kind IN (2, 6) AND read_due <= $1 ORDER BY read_due LIMIT $2`,
    [clock.now(), limit],
  );
}

/** Makes their edges anew from what is stored now. What the records said once stays, also when they are dropped. */
export async function readSources(ctx: SourceCtx, nodes: readonly SourceNode[]): Promise<void> {
  const now = ctx.clock.now();
  const contents = nodes.filter(({ kind }) => kind === nodeKindCode("content"));
  const buckets = nodes.filter(({ kind }) => kind === nodeKindCode("bucket"));
  const access = contents.length > 0 ? await readAccess(ctx.db, contents, now) : [];
  const read: Read[] = access.map((of) => ({ ...of, dueAt: nextSourceRead(of.usedAt, now) }));
  for (const bucket of buckets)
    read.push({ ...bucket, edges: await readCharges(ctx, bucket), dueAt: nextSourceRead(now, now) });
  for (const [network, own] of Map.groupBy(read, (of) => of.network)) await keep(ctx, network, own);
}

type Read = { id: string; network: number; edges: readonly GivenEdge[]; dueAt: Date };

async function keep({ db, clock }: SourceCtx, network: number, read: readonly Read[]): Promise<void> {
  const edges = read.flatMap((of) => of.edges);
  await db.prisma.$transaction(
    async (tx) => {
      const sql: RunSql = (text, values) => tx.$queryRawUnsafe(text, ...values);
      await addEdges(sql, network, edges);
      await sql(
        `UPDATE lineage_node AS kept SET read_due = given.due
         FROM json_to_recordset($1::json) AS given (id bigint, due timestamptz) WHERE kept.id = given.id`,
        [JSON.stringify(read.map(({ id, dueAt }) => ({ id, due: dueAt.toISOString() })))],
      );
      if (edges.length === 0) return;
      const notice = encodeNotice(lineageNotice(network, clock.now()));
      await sql("SELECT pg_notify($1::text, $2::text)::text", [noticeChannel, notice]);
    },
    { timeout: 30_000 },
  );
}

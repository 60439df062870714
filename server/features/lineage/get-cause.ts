import { parseMoment } from "../../kernel/time-range.ts";
import { type GraphCtx, momentOf } from "./graph-store.ts";
import { type FarNode, reachFar } from "./reach-far.ts";
import type { Cause, Change, ReachInput } from "./schema.ts";

const mostChanges = 200;

/** What changed upstream of the root since a time: things and links that appeared, runs that ended, facets that differ. */
export async function getCause(ctx: GraphCtx, input: ReachInput): Promise<Cause> {
  const asOf = momentOf(ctx, input.asOf);
  const since = parseMoment(input.since, asOf, "since");
  const { nodes, isCut } = await reachFar(ctx, { ...input, isForward: false });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const window = { ids: [...byId.keys()], since, until: asOf };
  const [appeared, facets] = await Promise.all([listAppeared(ctx, window), listFacets(ctx, window)]);
  const ended = nodes.flatMap((node) => runChange(node, since, asOf));
  const found = [...appeared, ...facets].flatMap(({ node, ...change }): Change[] => {
    const named = byId.get(node);
    return named ? [{ ...change, kind: named.kind, key: named.key, hop: named.hop }] : [];
  });
  const changes = [...ended, ...found].sort((a, b) => (a.at < b.at ? 1 : -1));
  return {
    searched: nodes.length,
    since: since.toISOString(),
    changes: changes.slice(0, mostChanges),
    isCut: isCut || changes.length > mostChanges,
  };
}

type Window = { ids: readonly string[]; since: Date; until: Date };
type FoundChange = Pick<Change, "at" | "what" | "detail"> & { node: string };

async function listAppeared({ db }: GraphCtx, { ids, since, until }: Window): Promise<FoundChange[]> {
  const rows = await db.sql<{ id: string; first_at: Date }>(
    `SELECT id, first_at FROM lineage_node WHERE id = ANY ($1::bigint[]) AND first_at >= $2 AND first_at <= $3
     ORDER BY first_at DESC LIMIT $4`,
    [ids, since, until, mostChanges + 1],
  );
  return rows.map(({ id, first_at }) => ({
    node: id,
    at: first_at.toISOString(),
    what: "appeared",
    detail: "first heard of",
  }));
}

/** A body that came when there was another before it. */
async function listFacets({ db }: GraphCtx, { ids, since, until }: Window): Promise<FoundChange[]> {
  const rows = await db.sql<{ node: string; name: string; first_at: Date }>(
    `SELECT facet.node, facet.name, facet.first_at FROM lineage_facet AS facet
     WHERE facet.node = ANY ($1::bigint[]) AND facet.scope = 0 AND facet.first_at >= $2 AND facet.first_at <= $3
       AND EXISTS (SELECT FROM lineage_facet AS before WHERE before.node = facet.node AND before.scope = 0
         AND before.name = facet.name AND before.first_at < facet.first_at)
     ORDER BY facet.first_at DESC LIMIT $4`,
    [ids, since, until, mostChanges + 1],
  );
  return rows.map(({ node, name, first_at }) => ({
    node,
    at: first_at.toISOString(),
    what: "facet",
    detail: `${name} differs from before`,
  }));
}

function runChange({ kind, key, hop, run }: FarNode, since: Date, until: Date): Change[] {
  if (!run?.endedAt) return [];
  const ended = new Date(run.endedAt);
  if (ended < since || ended > until) return [];
  const what = run.state === "failed" || run.state === "aborted" ? "failed" : "ended";
  return [{ at: run.endedAt, what, kind, key, hop, detail: `${run.state}, ${run.job}` }];
}

import { parseExactJson } from "../../kernel/exact-json.ts";
import { type GraphCtx, loadNodes, momentOf } from "./graph-store.ts";
import { openRoot } from "./open-root.ts";
import type { NodeDetail, NodeInput } from "./schema.ts";

type FacetRow = {
  name: string;
  scope: number;
  run_key: string | null;
  first_at: Date;
  last_at: Date;
  versions: number;
  body: string;
};

const scopes = ["itself", "input", "output"] as const;
const mostFacets = 60;
const longestBody = 20_000;

/** A thing of the graph with its facets as of a time: of each the body that was said last. */
export async function getNode(ctx: GraphCtx, input: NodeInput): Promise<NodeDetail> {
  const { id, kind, key, firstAt } = await openRoot(ctx, input.network, input.root);
  const asOf = momentOf(ctx, input.asOf);
  const [names, rows] = await Promise.all([
    loadNodes(ctx, [id]),
    ctx.db.sql<FacetRow>(
      `SELECT DISTINCT ON (facet.scope, facet.name) facet.name, facet.scope, run.key AS run_key, facet.first_at,
         facet.last_at, count(*) OVER (PARTITION BY facet.scope, facet.name)::integer AS versions,
         facet.body::text AS body
       FROM lineage_facet AS facet LEFT JOIN lineage_node AS run ON run.id = facet.run
       WHERE facet.node = $1 AND facet.first_at <= $2
       ORDER BY facet.scope, facet.name, facet.last_at DESC, facet.digest LIMIT $3`,
      [id, asOf, mostFacets],
    ),
  ]);
  return {
    id,
    kind,
    key,
    firstAt: firstAt.toISOString(),
    run: names.get(id)?.run ?? null,
    facets: rows.map(toFacet),
  };
}

function toFacet(row: FacetRow): NodeDetail["facets"][number] {
  const text = JSON.stringify(parseExactJson(row.body), null, 2);
  return {
    name: row.name,
    scope: scopes[row.scope] ?? "itself",
    runKey: row.run_key,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    versions: row.versions,
    body:
      text.length > longestBody ? `${text.slice(0, longestBody)}\n… cut at ${longestBody} characters` : text,
  };
}

import type { RunSql } from "../../ports/database.ts";
import { nodeId } from "./event-facts.ts";
import { nodeKindCode, nodeKinds } from "./graph-rules.ts";
import type { NodeName } from "./name-dataset.ts";

/** Things, and a time at which something says of them. */
export type TimedNodes = { nodes: readonly NodeName[]; at: string };

/** Ids by `nodeId`. In the order of their keys, so that two writers that meet never wait for each other in a circle. */
export async function upsertNodes(
  sql: RunSql,
  network: number,
  facts: readonly TimedNodes[],
): Promise<Map<string, string>> {
  const rows = facts.flatMap(({ nodes, at }) =>
    nodes.map(({ kind, key }) => ({ kind: nodeKindCode(kind), key, at })),
  );
  const stored = await sql<{ id: string; kind: number; key: string }>(
    `INSERT INTO lineage_node AS kept (network, kind, key, first_at)
     SELECT $2::smallint, kind, key, min(at)
     FROM json_to_recordset($1::json) AS new (kind smallint, key text, at timestamptz)
     GROUP BY kind, key ORDER BY kind, key
     ON CONFLICT (network, kind, key) DO UPDATE SET first_at = least(kept.first_at, excluded.first_at)
     RETURNING id::text, kind, key`,
    [JSON.stringify(rows), String(network)],
  );
  return new Map(
    stored.flatMap(({ id, kind, key }) => {
      const word = nodeKinds[kind];
      return word ? [[nodeId({ kind: word, key }), id] as const] : [];
    }),
  );
}

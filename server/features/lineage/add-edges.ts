import type { RunSql } from "../../ports/database.ts";
import { nodeId } from "./event-facts.ts";
import { type EdgeKind, edgeKindCode, type Grade, gradeCode } from "./graph-rules.ts";
import type { NodeName } from "./name-dataset.ts";
import { upsertNodes } from "./upsert-nodes.ts";

/** An edge that no OpenLineage event says, with what does say it. Amounts in evidence are text. */
export type GivenEdge = {
  from: NodeName;
  to: NodeName;
  kind: EdgeKind;
  grade: Grade;
  validFrom: Date;
  evidence: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Edges of other sources than events. Again is no change; evidence is added to and made newer, the earliest time stays, and a grade is
 * never lowered. An edge that had ended begins anew.
 */
export async function addEdges(sql: RunSql, network: number, edges: readonly GivenEdge[]): Promise<void> {
  if (edges.length === 0) return;
  const ids = await upsertNodes(
    sql,
    network,
    edges.map(({ from, to, validFrom }) => ({ nodes: [from, to], at: validFrom.toISOString() })),
  );
  const rows = edges.map((edge) => ({
    from: ids.get(nodeId(edge.from)),
    to: ids.get(nodeId(edge.to)),
    kind: edgeKindCode(edge.kind),
    grade: gradeCode(edge.grade),
    at: edge.validFrom.toISOString(),
    evidence: edge.evidence,
  }));
  await sql(
    `INSERT INTO lineage_edge AS kept (from_node, to_node, kind, network, grade, valid_from, evidence)
     SELECT DISTINCT ON ("from", "to", kind) "from", "to", kind, $2::smallint, grade, at, evidence
     FROM json_to_recordset($1::json) AS new ("from" bigint, "to" bigint, kind smallint, grade smallint, at timestamptz,
       evidence jsonb)
     ORDER BY "from", "to", kind, at
     ON CONFLICT (from_node, to_node, kind) DO UPDATE SET
       valid_from = CASE WHEN kept.valid_to < 'infinity' THEN excluded.valid_from
         ELSE least(kept.valid_from, excluded.valid_from) END,
       valid_to = 'infinity', grade = least(kept.grade, excluded.grade),
       evidence = coalesce(kept.evidence, '{}') || excluded.evidence
     WHERE kept.valid_to < 'infinity' OR kept.evidence IS NULL OR NOT kept.evidence @> excluded.evidence
       OR excluded.grade < kept.grade OR excluded.valid_from < kept.valid_from`,
    [JSON.stringify(rows), String(network)],
  );
}

/** What an edge said is so no longer, from this time on. */
export async function endEdge(
  sql: RunSql,
  network: number,
  { from, to, kind, at }: { from: NodeName; to: NodeName; kind: EdgeKind; at: Date },
): Promise<void> {
  const ids = await upsertNodes(sql, network, [{ nodes: [from, to], at: at.toISOString() }]);
  await sql(
    `UPDATE lineage_edge SET valid_to = greatest($4::timestamptz, valid_from + interval '1 millisecond')
     WHERE from_node = $1::bigint AND to_node = $2::bigint AND kind = $3::smallint AND valid_to = 'infinity'`,
    [ids.get(nodeId(from)) ?? "0", ids.get(nodeId(to)) ?? "0", String(edgeKindCode(kind)), at.toISOString()],
  );
}

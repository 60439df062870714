import type { z } from "zod";
import { nodeKinds } from "./graph-rules.ts";
import { type GraphCtx, momentOf } from "./graph-store.ts";
import { mostReached } from "./limit-rules.ts";
import { openRoot } from "./open-root.ts";
import type { ColumnEdge, ColumnsInput, columnsSchema } from "./schema.ts";

type Row = {
  from_kind: number;
  from_key: string;
  from_field: string;
  to_kind: number;
  to_key: string;
  to_field: string;
  transformations: unknown;
  first_at: Date;
};

const mostColumns = mostReached / 4;

/** Which fields the fields of a dataset were made from, and what was made from them. */
export async function listColumns(
  ctx: GraphCtx,
  input: ColumnsInput,
): Promise<z.infer<typeof columnsSchema>> {
  const { id } = await openRoot(ctx, input.network, input.root);
  const rows = await ctx.db.sql<Row>(
    `SELECT source.kind AS from_kind, source.key AS from_key, from_field, target.kind AS to_kind, target.key AS to_key,
       to_field, transformations, touched.first_at
     FROM (SELECT * FROM lineage_column WHERE to_node = $1
           UNION ALL SELECT * FROM (SELECT * FROM lineage_column WHERE from_node = $1 AND to_node <> $1 LIMIT $3) AS used) AS touched
     JOIN lineage_node AS source ON source.id = from_node
     JOIN lineage_node AS target ON target.id = to_node
     WHERE touched.first_at <= $2
     ORDER BY to_key, to_field, from_key, from_field LIMIT $3`,
    [id, momentOf(ctx, input.asOf), mostColumns + 1],
  );
  return { rows: rows.slice(0, mostColumns).flatMap(toColumn), isCut: rows.length > mostColumns };
}

function toColumn(row: Row): ColumnEdge[] {
  const fromKind = nodeKinds[row.from_kind];
  const toKind = nodeKinds[row.to_kind];
  if (!fromKind || !toKind) return [];
  return [
    {
      fromKind,
      fromKey: row.from_key,
      fromField: row.from_field,
      toKind,
      toKey: row.to_key,
      toField: row.to_field,
      how: howOf(row.transformations),
      firstAt: row.first_at.toISOString(),
    },
  ];
}

/** "DIRECT TRANSFORMATION: resize 640", as far as it was said. */
function howOf(transformations: unknown): string {
  if (!Array.isArray(transformations)) return "";
  return transformations.map(describeTransformation).filter(Boolean).join("; ");
}

function describeTransformation(transformation: unknown): string {
  if (typeof transformation !== "object" || transformation === null) return "";
  const { type, subtype, description } = transformation as Record<string, unknown>;
  const kind = [type, subtype].filter((word) => typeof word === "string").join(" ");
  return typeof description === "string" && description !== "" ? `${kind}: ${description}` : kind;
}

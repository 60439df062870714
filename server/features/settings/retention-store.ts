import type { Database } from "../../ports/database.ts";
import type { KeptPartition } from "./retention-rules.ts";
import type { KeptKind } from "./schema.ts";

const tables: Readonly<Record<KeptKind, readonly string[]>> = {
  raw: ["activity"],
  "1s": ["rollup_1s", "reading_1s"],
  "1m": ["rollup_1m", "reading_1m"],
  "1h": ["rollup_1h", "reading_1h"],
  "1d": ["rollup_1d", "reading_1d"],
};

/** Every partition of what is kept for a time, with its bounds and size on disk, oldest first. */
export async function listKept(
  db: Pick<Database, "sql">,
  kinds: readonly KeptKind[],
): Promise<KeptPartition[]> {
  const asked = kinds.flatMap((kind) => tables[kind].map((table) => ({ kind, table })));
  const rows = await db.sql<{ kind: KeptKind; name: string; from: Date; to: Date; size: string }>(
    `SELECT asked.kind, child.relname AS name, bounds[1]::timestamptz AS "from", bounds[2]::timestamptz AS "to",
            pg_total_relation_size(child.oid) AS size
     FROM unnest($1::text[], $2::text[]) AS asked (kind, parent)
     JOIN pg_inherits ON inhparent = asked.parent::regclass
     JOIN pg_class AS child ON child.oid = inhrelid
     CROSS JOIN LATERAL regexp_match(pg_get_expr(child.relpartbound, child.oid),
       'FROM \\(''([^'']+)''\\) TO \\(''([^'']+)''\\)') AS bounds
     WHERE bounds IS NOT NULL
     ORDER BY bounds[2]::timestamptz, name`,
    [asked.map(({ kind }) => kind), asked.map(({ table }) => table)],
  );
  return rows.map(({ size, ...row }) => ({ ...row, sizeBytes: Number(size) }));
}

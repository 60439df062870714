import { packCell } from "../../kernel/cells.ts";
import type { GrainName } from "../../kernel/grains.ts";
import { int2Array, int4Array, int8Array, numericArray, timestampArray } from "../../kernel/pg-binary.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { RollupRow } from "./rollup-set.ts";

/** Adds rows to a rollup. In key order, so that writers that meet on the same rows never wait for each other in a circle. */
export async function writeRollups(
  tx: BulkTransaction,
  grain: GrainName,
  rows: readonly RollupRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...rows].sort(byKey);
  const cells = packCells(sorted);
  await tx.sql(upsert(grain), [
    int2Array(sorted.map((row) => row.scope)),
    int2Array(sorted.map((row) => row.network)),
    int8Array(sorted.map((row) => row.subject)),
    timestampArray(sorted.map((row) => row.at)),
    int8Array(sorted.map((row) => row.requests)),
    int8Array(sorted.map((row) => row.failures)),
    numericArray(sorted.map((row) => row.readBytes)),
    numericArray(sorted.map((row) => row.writtenBytes)),
    int4Array(cells.first),
    int4Array(cells.last),
    int8Array(cells.packed),
  ]);
}

/** An array of arrays cannot be a parameter: one long array of cells goes with the range that each row has in it. */
function upsert(grain: GrainName): string {
  return `INSERT INTO rollup_${grain} AS kept
      (scope, network, subject, at, requests, failures, read_bytes, written_bytes, cells)
    SELECT scope, network, subject, at, requests, failures, read_bytes, written_bytes, ($11::bigint[])[first:last]
    FROM unnest($1::smallint[], $2::smallint[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::bigint[],
      $7::numeric[], $8::numeric[], $9::integer[], $10::integer[])
      AS new (scope, network, subject, at, requests, failures, read_bytes, written_bytes, first, last)
    ON CONFLICT (scope, network, subject, at) DO UPDATE SET
      requests = kept.requests + excluded.requests,
      failures = kept.failures + excluded.failures,
      read_bytes = kept.read_bytes + excluded.read_bytes,
      written_bytes = kept.written_bytes + excluded.written_bytes,
      cells = cells_merge(kept.cells, excluded.cells)`;
}

function packCells(rows: readonly RollupRow[]): { first: number[]; last: number[]; packed: number[] } {
  const first: number[] = [];
  const last: number[] = [];
  const packed: number[] = [];
  for (const row of rows) {
    first.push(packed.length + 1);
    row.cells.each((cell, count) => packed.push(packCell(cell >> 13, (cell >> 10) & 7, cell & 1023, count)));
    last.push(packed.length);
  }
  return { first, last, packed };
}

function byKey(a: RollupRow, b: RollupRow): number {
  return a.scope - b.scope || a.network - b.network || compare(a.subject, b.subject) || a.at - b.at;
}

function compare(a: number | bigint, b: number | bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

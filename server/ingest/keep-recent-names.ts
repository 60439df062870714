import { byteaArray, int4Array, int8Array } from "../kernel/pg-binary.ts";
import type { BulkTransaction } from "../ports/bulk-store.ts";
import type { LaneProgress } from "./flush-batch.ts";

type NamesRow = { source: number; firstOffset: number; names: Buffer };

const nameBytes = 8;

/** Stores the names of what this flush stores, and drops those that no longer count. */
export async function keepRecentNames(tx: BulkTransaction, progress: readonly LaneProgress[]): Promise<void> {
  await dropStale(tx, progress);
  const rows = progress.flatMap(rowsOf);
  if (rows.length === 0) return;
  await tx.sql(
    `INSERT INTO ingest_recent (source, first_offset, names)
     SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bytea[])`,
    [
      int4Array(rows.map((row) => row.source)),
      int8Array(rows.map((row) => row.firstOffset)),
      byteaArray(rows.map((row) => row.names)),
    ],
  );
}

/** Names of one row are all of one generation, so that they come back into the same one. */
function rowsOf({ lane, offsets, names }: LaneProgress): NamesRow[] {
  const rows: NamesRow[] = [];
  for (let start = 0; start < offsets.length; ) {
    const firstOffset = offsets[start] ?? 0;
    const limit = lane.recent.generationEnd(firstOffset);
    let end = start;
    while (end < offsets.length && (offsets[end] ?? limit) < limit) end++;
    rows.push({ source: lane.source, firstOffset, names: bytesOf(names, start, end) });
    start = end;
  }
  return rows;
}

function bytesOf(names: readonly number[], start: number, end: number): Buffer {
  const bytes = Buffer.alloc((end - start) * nameBytes);
  for (let half = start * 2; half < end * 2; half++)
    bytes.writeInt32BE(names[half] ?? 0, (half - start * 2) * (nameBytes / 2));
  return bytes;
}

/** Generations that ended; and, when the log was made anew, names of offsets that come again. */
async function dropStale(tx: BulkTransaction, progress: readonly LaneProgress[]): Promise<void> {
  const stale = progress.filter(
    ({ lane, isFresh, believed, next }) =>
      isFresh || lane.recent.keptFrom(believed) !== lane.recent.keptFrom(next),
  );
  if (stale.length === 0) return;
  await tx.sql(
    `DELETE FROM ingest_recent AS kept
     USING unnest($1::integer[], $2::bigint[], $3::bigint[]) AS stale (source, kept_from, first)
     WHERE kept.source = stale.source AND (kept.first_offset < stale.kept_from OR kept.first_offset >= stale.first)`,
    [
      int4Array(stale.map(({ lane }) => lane.source)),
      int8Array(stale.map(({ lane, next }) => lane.recent.keptFrom(next))),
      int8Array(stale.map(({ first }) => first)),
    ],
  );
}

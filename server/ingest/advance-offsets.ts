import { int4Array, int8Array, timestampArray } from "../kernel/pg-binary.ts";
import type { BulkTransaction } from "../ports/bulk-store.ts";
import type { LaneProgress } from "./flush-batch.ts";

/** Somebody else has written this partition: what we hold of it is not ours to write. */
export class FencedError extends Error {
  constructor(lost: number, of: number) {
    super(`${lost} of ${of} partitions were written by another worker.`);
    this.name = "FencedError";
  }
}

/**
 * Moves every partition from the offset that we believed in to the next one, or throws. The row stays locked until the
 * commit, so a worker that lost the partition waits here and then finds another offset.
 */
export async function advanceOffsets(tx: BulkTransaction, progress: readonly LaneProgress[]): Promise<void> {
  const moved = await tx.sql<{ id: number }>(
    `UPDATE ingest_offset AS kept SET
       next_offset = new.next_offset, high_watermark = new.high_watermark, records = kept.records + new.records,
       dead_letters = kept.dead_letters + new.dead_letters, duplicates = kept.duplicates + new.duplicates,
       record_at = greatest(kept.record_at, nullif(new.record_at, 'epoch')), updated_at = now()
     FROM (SELECT id FROM ingest_offset WHERE id = ANY ($1::integer[]) ORDER BY id FOR NO KEY UPDATE) AS locked,
       unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
       $8::timestamptz[])
       AS new (id, believed, next_offset, high_watermark, records, dead_letters, duplicates, record_at)
     WHERE locked.id = new.id AND kept.id = new.id AND kept.next_offset = new.believed
     RETURNING kept.id`,
    [
      int4Array(progress.map(({ lane }) => lane.source)),
      int8Array(progress.map(({ believed }) => believed)),
      int8Array(progress.map(({ next }) => next)),
      int8Array(progress.map(({ highWatermark }) => highWatermark)),
      int8Array(progress.map(({ records }) => records)),
      int8Array(progress.map(({ deadLetters }) => deadLetters)),
      int8Array(progress.map(({ duplicates }) => duplicates)),
      timestampArray(progress.map(({ newestAt }) => newestAt ?? 0)),
    ],
  );
  if (moved.length !== progress.length)
    throw new FencedError(progress.length - moved.length, progress.length);
}

import { encodeNotice, type Notice, noticeChannel } from "../kernel/notice.ts";
import { int4Array, int8Array, textArray, timestampArray } from "../kernel/pg-binary.ts";
import type { BulkStore, BulkTransaction } from "../ports/bulk-store.ts";
import type { Cut } from "../ports/ingest-binding.ts";
import { advanceOffsets } from "./advance-offsets.ts";
import { insertDeadLetters } from "./dead-letters.ts";
import type { FlushBatch, LaneProgress } from "./flush-batch.ts";
import { keepRecentNames } from "./keep-recent-names.ts";

export type Flush = { batch: FlushBatch; cuts: readonly Cut[]; at: Date };

/** Everything of one flush in one transaction: offsets, rows, rollups, letters, notices. All of it or nothing. */
export async function writeFlush(store: BulkStore, { batch, cuts, at }: Flush): Promise<void> {
  const progress = [...batch.progress.values()].sort((a, b) => a.lane.source - b.lane.source);
  await store.transaction(async (tx) => {
    await advanceOffsets(tx, progress);
    await lockNodes(tx, cuts);
    const notices: Notice[] = [];
    for (const cut of cuts) notices.push(...(await cut.write(tx)));
    await insertDeadLetters(tx, batch.letters);
    await keepRecentNames(tx, progress);
    await addRates(tx, progress, at);
    await notify(tx, [...notices, ingestNotice(progress, at)]);
  });
}

/**
 * Two statements that each lock nodes in order may still meet those of another worker in a circle; one that locks the nodes
 * of both, before either, may not.
 */
async function lockNodes(tx: BulkTransaction, cuts: readonly Cut[]): Promise<void> {
  const writing = cuts.filter(({ nodes }) => nodes.length > 0);
  if (writing.length < 2) return;
  const nodes = new Set(writing.flatMap((cut) => cut.nodes));
  await tx.sql("SELECT FROM ddc_node WHERE id = ANY ($1::integer[]) ORDER BY id FOR NO KEY UPDATE", [
    int4Array([...nodes]),
  ]);
}

type Rate = { binding: string; topic: string; records: number; deadLetters: number };

async function addRates(tx: BulkTransaction, progress: readonly LaneProgress[], at: Date): Promise<void> {
  const rates = ratesOf(progress);
  await tx.sql(
    `INSERT INTO ingest_rate AS kept (binding, topic, at, records, dead_letters, lag)
     SELECT new.binding, new.topic, new.at, new.records, new.dead_letters, sum(greatest(high_watermark - next_offset, 0))
     FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::bigint[])
       AS new (binding, topic, at, records, dead_letters)
     JOIN ingest_offset ON ingest_offset.topic = new.topic
     GROUP BY 1, 2, 3, 4, 5 ORDER BY 2
     ON CONFLICT (topic, at) DO UPDATE SET records = kept.records + excluded.records,
       dead_letters = kept.dead_letters + excluded.dead_letters, lag = excluded.lag`,
    [
      textArray(rates.map((rate) => rate.binding)),
      textArray(rates.map((rate) => rate.topic)),
      timestampArray(rates.map(() => at.getTime() - (at.getTime() % 1000))),
      int8Array(rates.map((rate) => rate.records)),
      int8Array(rates.map((rate) => rate.deadLetters)),
    ],
  );
}

function ratesOf(progress: readonly LaneProgress[]): Rate[] {
  const byTopic = Map.groupBy(progress, ({ lane }) => lane.topic);
  return [...byTopic].map(([topic, lanes]) => ({
    binding: lanes[0]?.lane.binding ?? "",
    topic,
    records: lanes.reduce((sum, { records }) => sum + records, 0),
    deadLetters: lanes.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
  }));
}

function ingestNotice(progress: readonly LaneProgress[], at: Date): Notice {
  const bindings = new Set(progress.map(({ lane }) => lane.binding));
  return { topic: "ingest", network: null, ids: [...bindings], at: at.getTime() };
}

async function notify(tx: BulkTransaction, notices: readonly Notice[]): Promise<void> {
  await tx.sql("SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload", [
    noticeChannel,
    textArray(notices.map(encodeNotice)),
  ]);
}

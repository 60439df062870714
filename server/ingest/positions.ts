import { RecentNames } from "../kernel/recent-names.ts";
import type { Database } from "../ports/database.ts";
import type { EventLog, Partition } from "../ports/event-log.ts";
import { type StartPosition, startPosition } from "./start-position.ts";

/** Records of a partition among which repeats are recognised: this many, up to twice this many. */
const generationSize = 16_384;
const nameBytes = 8;

export type Position = Partition & {
  source: number;
  /** As it is in the database: what the next flush compares with. */
  believed: number;
  start: StartPosition;
  recent: RecentNames;
};

type OffsetRow = {
  id: number;
  topic: string;
  partition: number;
  next_offset: string;
  updated_at: Date;
};
type RecentRow = { source: number; first_offset: string; names: Buffer };

/** Where the database says that each partition stands, compared with what the log still has. */
export async function loadPositions(
  { sql }: Pick<Database, "sql">,
  log: EventLog,
  partitions: readonly Partition[],
): Promise<Position[]> {
  const bounds = await boundsOf(log, partitions);
  await sql(
    `INSERT INTO ingest_offset (topic, partition, next_offset)
     SELECT topic, partition, first FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS new (topic, partition, first)
     WHERE NOT EXISTS (SELECT 1 FROM ingest_offset AS kept WHERE (kept.topic, kept.partition) = (new.topic, new.partition))
     ON CONFLICT DO NOTHING`,
    [
      partitions.map((of) => of.topic),
      partitions.map((of) => of.partition),
      bounds.map(({ first }) => first),
    ],
  );
  const rows = await sql<OffsetRow>(
    `SELECT id, topic, partition, next_offset, updated_at FROM ingest_offset
     WHERE (topic, partition) IN (SELECT * FROM unnest($1::text[], $2::integer[]))`,
    [partitions.map((of) => of.topic), partitions.map((of) => of.partition)],
  );
  const recent = await recentNames({ sql }, rows);
  return Promise.all(rows.map((row) => positionOf(row, { log, partitions, bounds, recent })));
}

type Bounds = { first: number; end: number };

async function boundsOf(log: EventLog, partitions: readonly Partition[]): Promise<Bounds[]> {
  const topics = new Set(partitions.map(({ topic }) => topic));
  const byTopic = new Map(
    await Promise.all([...topics].map(async (topic) => [topic, await log.bounds(topic)] as const)),
  );
  return partitions.map(({ topic, partition }) => {
    const found = byTopic.get(topic)?.find((bound) => bound.partition === partition);
    if (!found) throw new Error(`Kafka does not know partition ${partition} of ${topic}.`);
    return { first: found.first, end: found.next };
  });
}

type PositionContext = {
  log: EventLog;
  partitions: readonly Partition[];
  bounds: readonly Bounds[];
  recent: ReadonlyMap<number, RecentNames>;
};

async function positionOf(row: OffsetRow, context: PositionContext): Promise<Position> {
  const { topic, partition } = row;
  const index = context.partitions.findIndex((of) => of.topic === topic && of.partition === partition);
  const { first, end } = context.bounds[index] ?? { first: 0, end: 0 };
  const next = Number(row.next_offset);
  const writtenSince = next > end ? await context.log.offsetAt({ topic, partition }, row.updated_at) : next;
  const start = startPosition({ next, first, end, writtenSince });
  const known = start.kind === "shortened" ? undefined : context.recent.get(row.id);
  return {
    topic,
    partition,
    source: row.id,
    believed: next,
    start,
    recent: known ?? new RecentNames(generationSize),
  };
}

async function recentNames(
  { sql }: Pick<Database, "sql">,
  offsets: readonly OffsetRow[],
): Promise<Map<number, RecentNames>> {
  const rows = await sql<RecentRow>(
    "SELECT source, first_offset, names FROM ingest_recent WHERE source = ANY ($1::integer[]) ORDER BY source, first_offset",
    [offsets.map(({ id }) => id)],
  );
  const bySource = new Map<number, RecentNames>();
  for (const { source, first_offset, names } of rows) {
    const recent = bySource.get(source) ?? new RecentNames(generationSize);
    bySource.set(source, recent);
    for (let at = 0; at + nameBytes <= names.length; at += nameBytes)
      recent.add(Number(first_offset), names.readInt32BE(at), names.readInt32BE(at + 4));
  }
  return bySource;
}

import type { Database } from "../../ports/database.ts";
import { rounded } from "../nodes/rounded.ts";

export type TopicRates = { deadLettersPerSecond: number; deadLetters10m: number; spark: string };

const slotMs = 10_000;
const slots = 60;

/** What ingest read of each topic in the last 10 min. A topic without an entry was not read. */
export async function loadIngestRates(
  db: Pick<Database, "sql">,
  topics: readonly string[],
  at: Date,
): Promise<Map<string, TopicRates>> {
  const last = Math.floor(at.getTime() / slotMs);
  const rows = await db.sql<{ topic: string; slot: number; records: number; deadLetters: number }>(
    `SELECT topic, (extract(epoch FROM at) / 10)::int AS slot, sum(records)::float8 AS records,
            sum(dead_letters)::float8 AS "deadLetters"
     FROM ingest_rate WHERE topic = ANY ($1::text[]) AND at >= $2 AND at < $3
     GROUP BY topic, (extract(epoch FROM at) / 10)::int`,
    [topics, new Date((last - slots) * slotMs), new Date(last * slotMs)],
  );
  const byTopic = Map.groupBy(rows, ({ topic }) => topic);
  return new Map([...byTopic].map(([topic, found]) => [topic, ratesOf(found, last)]));
}

function ratesOf(
  rows: readonly { slot: number; records: number; deadLetters: number }[],
  last: number,
): TopicRates {
  const bySlot = new Map(rows.map((row) => [row.slot, row]));
  const values = Array.from({ length: slots }, (_, index) => {
    const row = bySlot.get(last - slots + index);
    return row ? String(rounded(row.records / 10)) : "";
  });
  return {
    deadLettersPerSecond: (bySlot.get(last - 1)?.deadLetters ?? 0) / 10,
    deadLetters10m: rows.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    spark: values.join(","),
  };
}

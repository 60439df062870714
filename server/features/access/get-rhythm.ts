import { networkByName } from "../../kernel/networks.ts";
import type { AccessCtx } from "./list-records.ts";
import type { Rhythm, RhythmInput } from "./schema.ts";

const rhythmWeeks = 4;

/** Hour by weekday over four weeks, from hourly rollups: of the network, a bucket or a node. */
export async function getRhythm(
  { db, clock }: AccessCtx,
  { network, bucket, node }: RhythmInput,
): Promise<Rhythm> {
  const { id } = networkByName(network);
  const scope = node ? 3 : bucket ? 4 : 1;
  const rows = await db.sql<{ weekday: number; hour: number; mean: number }>(
    `SELECT (extract(isodow FROM at AT TIME ZONE 'UTC') - 1)::integer AS weekday,
       extract(hour FROM at AT TIME ZONE 'UTC')::integer AS hour, avg(requests)::double precision AS mean
     FROM rollup_1h WHERE scope = $1 AND network = $2 AND subject = CASE $1::integer WHEN 1 THEN 0
         WHEN 3 THEN (SELECT ddc_node.id FROM ddc_node WHERE network = $2 AND node_key = $3)
         ELSE u64_bits($4::numeric) END
       AND at >= $5 AND at < date_trunc('hour', $6::timestamptz)
     GROUP BY 1, 2`,
    [scope, id, node ?? null, bucket ?? null, weeksBefore(clock.now()), clock.now()],
  );
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, (): number | null => null));
  for (const { weekday, hour, mean } of rows) {
    const day = hours[weekday];
    if (day) day[hour] = mean;
  }
  return { hours, weeks: rhythmWeeks };
}

function weeksBefore(now: Date): Date {
  return new Date(now.getTime() - rhythmWeeks * 7 * 86_400_000);
}

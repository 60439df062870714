import { z } from "zod";
import { invalid, notFound } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { getReplayRow } from "./replay-rows.ts";
import {
  type ReplayEventDetail,
  type ReplayEventInput,
  type ReplayEventRow,
  type ReplayEventsInput,
  replayEventSchema,
} from "./schema.ts";

type EventRow = Omit<ReplayEventDetail, "at"> & { at: Date; rank: number };

const columns = `seq, verdict, rank, event_id AS "eventId", event_type AS "eventType", vault_id AS "vaultId",
  vault_scope AS "vaultScope", at, paths`;
const briefSide = (side: string) =>
  `jsonb_build_object('outcome', ${side} -> 'outcome', 'tookMs', ${side} -> 'tookMs', 'cid', ${side} -> 'cid',
    'error', ${side} -> 'error') AS ${side}`;

/** What is looked at first comes first: by verdict, and in the order in which they ran. */
export async function listReplayEvents(
  { db }: Pick<Ctx, "db">,
  input: ReplayEventsInput,
): Promise<Page<ReplayEventRow>> {
  const { id, verdicts, path, error, cursor, limit } = input;
  await getReplayRow(db.sql, input);
  const [rank, seq] = cursor ? positionOf(cursor) : [-1, -1];
  const rows = await db.sql<Omit<EventRow, "partition" | "offset" | "bytes">>(
    `SELECT ${columns}, ${briefSide("stable")}, ${briefSide("candidate")} FROM replay_event
     WHERE replay = $1::bigint AND (rank, seq) > ($2::smallint, $3::int)
       AND (cardinality($4::text[]) = 0 OR verdict = ANY ($4::text[]))
       AND ($5::text IS NULL OR paths @> jsonb_build_array(jsonb_build_object('path', $5::text)))
       AND ($6::text IS NULL OR candidate ->> 'error' = $6)
     ORDER BY rank, seq LIMIT $7`,
    [id, rank, seq, verdicts, path ?? null, error ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ rank: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
    next: rows.length > limit && last ? encodeCursor([last.rank, last.seq]) : null,
  };
}

/** One event with what both versions gave. */
export async function getReplayEvent(
  { db }: Pick<Ctx, "db">,
  input: ReplayEventInput,
): Promise<ReplayEventDetail> {
  await getReplayRow(db.sql, input);
  const [row] = await db.sql<EventRow>(
    `SELECT ${columns}, partition, "offset", bytes, stable, candidate FROM replay_event
     WHERE replay = $1::bigint AND seq = $2`,
    [input.id, input.seq],
  );
  if (!row) throw notFound("event", String(input.seq));
  return replayEventSchema.parse({ ...row, at: row.at.toISOString() });
}

const positionSchema = z.tuple([z.int().min(0).max(100), z.int().min(0).max(1_000_000)]);

function positionOf(cursor: string): [number, number] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}

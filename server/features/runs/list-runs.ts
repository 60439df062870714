import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type Conditions, runConditions, spanOf } from "./run-conditions.ts";
import { type RunRow, runColumns, runTables, toRun } from "./run-rows.ts";
import type { ListRunsInput, Run } from "./schema.ts";

/** Newest first: every failed job, and of the others a sample. */
export async function listRuns(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  input: ListRunsInput,
): Promise<Page<Run>> {
  const conditions = runConditions(input, spanOf(input, clock.now()));
  if (input.cursor) addPosition(conditions, input.cursor);
  const rows = await db.sql<RunRow>(
    `SELECT ${runColumns} FROM ${runTables} WHERE ${conditions.parts.join(" AND ")}
     ORDER BY j.ended_at DESC, j.id LIMIT ${conditions.add(input.limit + 1)}`,
    conditions.values,
  );
  const page = rows.slice(0, input.limit).map(toRun);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > page.length && last ? encodeCursor([last.endedAt, last.id]) : null,
  };
}

const positionSchema = z.tuple([z.iso.datetime(), z.string().max(200)]);

function addPosition({ parts, add }: Conditions, cursor: string): void {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success || position.data[1].includes("\0"))
    throw invalid("This page link is damaged. Start again from the first page.");
  const [at, id] = position.data;
  const value = `${add(at)}::timestamptz`;
  parts.push(`j.ended_at <= ${value} AND (j.ended_at < ${value} OR j.id > ${add(id)})`);
}

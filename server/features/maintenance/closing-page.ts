import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";

const positionSchema = z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,18}$/)]);

type Asked = { cursor?: string | null | undefined; limit: number };
/** `after` goes on a condition that has one value of its own before it. */
type Read<Row> = (part: { after: string; values: string[]; most: number }) => Promise<Row[]>;

/** A page of windows by when they close, the last first. */
export async function closingPage<Row extends { id: string; closesAt: Date }, Shown>(
  { cursor, limit }: Asked,
  { read, toRow }: { read: Read<Row>; toRow: (row: Row) => Shown },
): Promise<Page<Shown>> {
  const values = cursor ? positionOf(cursor) : [];
  const after = cursor ? "AND (closes_at, id) < ($2::timestamptz, $3::bigint)" : "";
  const rows = await read({ after, values, most: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > page.length && last ? encodeCursor([last.closesAt.toISOString(), last.id]) : null;
  return { rows: page.map(toRow), next };
}

function positionOf(cursor: string): [at: string, id: string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}

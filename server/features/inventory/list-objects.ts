import { z } from "zod";
import { base32Digit, decodeBase32 } from "../../kernel/cid/base32.ts";
import { cidBytes } from "../../kernel/cid/cid.ts";
import { parseCid } from "../../kernel/cid/parse-cid.ts";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { knownBits } from "./list-rules.ts";
import type { ListObjectsInput, ObjectRow } from "./schema.ts";
import { bitsOf, cidTextOf, type PieceRow, pieceColumns, toObjectRow } from "./store.ts";

/** Objects of a bucket that the console knows of, by when it first heard of them. */
export async function listObjects({ db }: Ctx, input: ListObjectsInput): Promise<Page<ObjectRow>> {
  const values: unknown[] = [networkByName(input.network).id, bitsOf(input.bucket)];
  const conditions = ["network = $1", "bucket = $2"];
  const place = (value: unknown) => `$${values.push(value)}`;
  const text = input.text?.trim().toLowerCase();
  if (text) {
    const { from, below } = boundsOf(text);
    conditions.push(`cid >= ${place(from)} AND cid < ${place(below)}`);
  }
  if (input.known) conditions.push(`(known & ${place(knownBits[input.known])}::smallint) <> 0`);
  const isNewest = input.sort === "newest";
  if (input.cursor) {
    const { at, cid } = positionOf(input.cursor);
    const order = isNewest ? "<" : ">";
    const seen = place(at);
    conditions.push(`first_seen ${order}= ${seen} AND (first_seen, cid) ${order} (${seen}, ${place(cid)})`);
  }
  const direction = isNewest ? "DESC" : "ASC";
  const rows = await db.sql<PieceRow>(
    `SELECT ${pieceColumns} FROM ddc_piece WHERE ${conditions.join(" AND ")}
     ORDER BY first_seen ${direction}, ddc_piece.cid ${direction} LIMIT ${place(input.limit + 1)}`,
    values,
  );
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    rows: page.map(toObjectRow),
    next: last ? encodeCursor([last.first_seen.toISOString(), cidTextOf(last.cid)]) : null,
  };
}

/** The CIDs that begin with a text: whole bytes of it bound them, as the bytes of a CID are in the order of its text. */
function boundsOf(text: string): { from: Buffer; below: Buffer } {
  const digits = text.slice(1);
  if (text[0] !== "b" || [...digits].some((letter) => base32Digit(letter) === null))
    throw invalid("A CID begins with b and goes on with a–z and 2–7.");
  const fill = (digit: string) => Buffer.from(decodeBase32(digits.padEnd(58, digit))).subarray(0, cidBytes);
  return { from: fill("a"), below: Buffer.concat([fill("7"), Buffer.of(0)]) };
}

const positionSchema = z.tuple([z.iso.datetime(), z.string().max(59)]);

function positionOf(cursor: string): { at: string; cid: Buffer } {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  const parsed = position.success ? parseCid(position.data[1]) : null;
  if (!position.success || parsed?.kind !== "cid")
    throw invalid("This page link is damaged. Start again from the first page.");
  return { at: position.data[0], cid: Buffer.from(parsed.cid.bytes) };
}

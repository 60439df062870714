import { invalid } from "./errors.ts";

/** A page of a list in a stable order. `next` is opaque; null means that this is the last page. */
export type Page<Row> = { rows: Row[]; next: string | null };

/** A cursor holds the sort values of the last row, so a page costs the same wherever it is. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  const values: unknown = parseOrNull(Buffer.from(cursor, "base64url").toString());
  const fits = Array.isArray(values) && values.length === length && values.every(isCursorValue);
  if (!fits) throw invalid("This page link is damaged. Start again from the first page.");
  return values;
}

function isCursorValue(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || typeof value === "number";
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

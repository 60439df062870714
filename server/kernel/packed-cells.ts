/**
 * The cells of a rollup row (cells.ts) on their way from the database: in PostgreSQL's binary form, as base64. A row has
 * hundreds; written and read as digits they cost both sides twice as much.
 */
export type PackedCells = Uint8Array;

/** The column `cells` of a rollup, to be read by `cellsFromText`. */
export const cellsAsText = "encode(array_send(cells), 'base64')";

export function cellsFromText(text: string): PackedCells {
  return Buffer.from(text, "base64");
}

/** Dimensions, flags, element type, length and lower bound; then a length and eight bytes for each element. */
const arrayHead = 20;
const elementBytes = 12;
const lengthBytes = 4;
const lowSpan = 2 ** 32;

/** Calls back for each cell; `key` is `operation | status | bin`. Of an empty array there are only the first twelve bytes. */
export function eachPackedCell(cells: PackedCells, visit: (key: number, count: number) => void): void {
  const view = new DataView(cells.buffer, cells.byteOffset, cells.byteLength);
  for (let at = arrayHead + lengthBytes; at < cells.byteLength; at += elementBytes) {
    const high = view.getUint32(at);
    visit(high >>> 4, (high & 15) * lowSpan + view.getUint32(at + 4));
  }
}

import { stringify } from "csv-stringify/sync";
import type { ExportFormat } from "./schema.ts";
import type { ExportRow, ExportSource, OpenedExport } from "./source.ts";

export type FileOptions = {
  format: ExportFormat;
  at: Date;
  maxRows: ExportSource["maxRows"];
  signal: AbortSignal;
  /** How many rows are written so far. */
  onRows?: (rows: number) => void;
};

/**
 * The text of a file, a batch of rows at a time; the first piece comes with the first rows, so that what is wrong from the
 * start is told before anything is written. A source that has more rows than it may is cut, and the file
 * says so.
 */
export async function* fileText(opened: OpenedExport, options: FileOptions): AsyncGenerator<string> {
  const { maxRows, signal, onRows } = options;
  const form = forms[options.format](opened, options);
  let head = form.head;
  let rows = 0;
  let isCut = false;
  for await (const batch of opened.batches(signal)) {
    signal.throwIfAborted();
    const room = maxRows - rows;
    isCut = batch.length > room;
    const fitting = isCut ? batch.slice(0, room) : batch;
    if (fitting.length > 0) yield head + form.rows(fitting, rows === 0);
    if (fitting.length > 0) head = "";
    rows += fitting.length;
    onRows?.(rows);
    if (isCut) break;
  }
  yield head + form.end({ rows, isCut });
}

type Ending = { rows: number; isCut: boolean };

type Form = {
  head: string;
  rows(rows: readonly ExportRow[], areFirst: boolean): string;
  end(ending: Ending): string;
};

const forms: Record<ExportFormat, (opened: OpenedExport, options: FileOptions) => Form> = {
  csv: ({ columns }, { maxRows }) => {
    // Cells that a spreadsheet would run as a formula are quoted: nodes choose their own names.
    const how = { columns: [...columns], escape_formulas: true, cast: { boolean: String } };
    return {
      head: stringify([columns]),
      rows: (rows) => stringify([...rows], how),
      end: ({ isCut }) => (isCut ? `# cut at ${maxRows} rows, there are more\n` : ""),
    };
  },
  json: (_, { at, maxRows }) => ({
    head: `{"exportedAt":${JSON.stringify(at.toISOString())},"rows":[`,
    rows: (rows, areFirst) =>
      `${areFirst ? "\n" : ",\n"}${rows.map((row) => JSON.stringify(row)).join(",\n")}`,
    end: ({ rows, isCut }) => `\n],"count":${rows},"limit":${maxRows},"isCut":${isCut}}\n`,
  }),
};

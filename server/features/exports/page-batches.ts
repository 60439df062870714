import type { Page } from "../../kernel/paging.ts";
import type { ExportRow, OpenedExport } from "./source.ts";

/** The batches of an export from a list that is paged by keyset: one page a batch. */
export function pageBatches<Row>(
  readPage: (cursor: string | null) => Promise<Page<Row>>,
  toExportRow: (row: Row) => ExportRow,
): OpenedExport["batches"] {
  return async function* (signal) {
    let cursor: string | null = null;
    do {
      signal.throwIfAborted();
      const page: Page<Row> = await readPage(cursor);
      yield page.rows.map((row) => toExportRow(row));
      cursor = page.next;
    } while (cursor !== null);
  };
}

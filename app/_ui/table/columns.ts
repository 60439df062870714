import type { ReactNode } from "react";
import type { SortValue } from "./sort.ts";

export type Column<Row> = {
  id: string;
  /** Stands in the head, with the unit once: "p99 ms". */
  title: string;
  /** Said in the chooser and on hover where the title is short. */
  description?: string;
  /** Pixels at first; people can drag it. */
  width: number;
  minWidth?: number;
  isNumber?: boolean;
  /** Takes what is left of the width (one column, usually the name). */
  grows?: boolean;
  isSortable?: boolean;
  /** The first press on the head sorts this way: figures usually start with the greatest. */
  startsDescending?: boolean;
  /** Cannot be hidden. */
  isFixed?: boolean;
  /** Off until chosen. */
  isHiddenAtFirst?: boolean;
  /** What sorts, and what `marksChange` compares. */
  value?: (row: Row) => SortValue;
  /** Says which changes of `value` are worth a look: those are underlined for a moment. */
  marksChange?: (before: SortValue, after: SortValue) => boolean;
  cell: (row: Row) => ReactNode;
};

export type ColumnWidths = Readonly<Record<string, number>>;

const leastWidth = 44;

/** Shown columns in their order; `chosen` null = as they are at first. */
export function visibleColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): Column<Row>[] {
  return columns.filter(
    (column) => column.isFixed || (chosen ? chosen.includes(column.id) : !column.isHiddenAtFirst),
  );
}

/** The ids after one is switched, in the order of the columns. */
export function toggleColumn<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
  id: string,
): string[] {
  const shown = new Set(visibleColumns(columns, chosen).map((column) => column.id));
  if (!shown.delete(id)) shown.add(id);
  return columns.filter((column) => shown.has(column.id)).map((column) => column.id);
}

export function widthOf<Row>(column: Column<Row>, widths: ColumnWidths): number {
  return Math.max(column.minWidth ?? leastWidth, widths[column.id] ?? column.width);
}

/** One CSS track a column: all rows share it, so a drag changes one property and no row is rendered again. */
export function gridTracks<Row>(
  columns: readonly Column<Row>[],
  widths: ColumnWidths,
  lead: readonly number[],
): string {
  const tracks = columns.map((column) => {
    const width = widthOf(column, widths);
    return column.grows && widths[column.id] === undefined ? `minmax(${width}px, 1fr)` : `${width}px`;
  });
  return [...lead.map((width) => `${width}px`), ...tracks].join(" ");
}

// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, cells do not
// biome-ignore-all lint/a11y/noRedundantRoles: Safari drops the implicit roles of a table that CSS lays out as a grid, so they are said
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: Safari drops the implicit roles of a table that CSS lays out as a grid, so they are said
"use client";

import { type MouseEvent, memo, useState } from "react";
import { Checkbox } from "../checkbox.tsx";
import { cx } from "../cx.ts";
import type { Column } from "./columns.ts";
import type { SortValue } from "./sort.ts";

export type RowEvents = {
  onClick: (key: string, event: MouseEvent<HTMLElement>) => void;
  onFocus: (key: string) => void;
  onCheck: (key: string) => void;
};

type TableRowProps<Row> = {
  row: Row;
  rowKey: string;
  label: string;
  index: number;
  columns: readonly Column<Row>[];
  tone: "bad" | null;
  isActive: boolean;
  isPeeked: boolean;
  /** Null = rows cannot be selected. */
  isSelected: boolean | null;
  events: RowEvents;
};

function TableRowInner<Row>(props: TableRowProps<Row>) {
  const { row, rowKey, label, index, columns, tone, isActive, isPeeked, isSelected, events } = props;
  return (
    <tr
      role="row"
      className={cx("grid-row", tone === "bad" && "is-bad", isPeeked && "is-peeked")}
      style={{ transform: `translateY(calc(${index} * var(--grid-row-h)))` }}
      aria-rowindex={index + 2}
      aria-selected={isSelected ?? undefined}
      tabIndex={isActive ? 0 : -1}
      data-key={rowKey}
      onClick={(event) => events.onClick(rowKey, event)}
      onFocus={() => events.onFocus(rowKey)}
    >
      {isSelected !== null && (
        <td role="gridcell" className="grid-td grid-td-check grid-edge-l">
          <Checkbox
            isBare
            tabIndex={-1}
            label={`Select ${label}`}
            isChecked={isSelected}
            onChange={() => events.onCheck(rowKey)}
          />
        </td>
      )}
      {columns.map((column, position) => (
        <Cell
          key={column.id}
          column={column}
          row={row}
          isFirst={position === 0 && isSelected === null}
          isLast={position === columns.length - 1}
        />
      ))}
    </tr>
  );
}

/** Rendered again only when its own row, place or state changes: a tick of one node leaves the others alone. */
export const TableRow = memo(TableRowInner) as typeof TableRowInner;

type CellProps<Row> = { column: Column<Row>; row: Row; isFirst: boolean; isLast: boolean };

function Cell<Row>({ column, row, isFirst, isLast }: CellProps<Row>) {
  return (
    <td
      role="gridcell"
      className={cx(
        "grid-td",
        column.isNumber && "grid-td-num",
        isFirst && "grid-edge-l",
        isLast && "grid-edge-r",
      )}
    >
      {column.cell(row)}
      {column.marksChange && (
        <ChangeMark value={column.value?.(row) ?? null} marksChange={column.marksChange} />
      )}
    </td>
  );
}

type ChangeMarkProps = { value: SortValue; marksChange: (before: SortValue, after: SortValue) => boolean };

/** A new key starts the fade again. */
function ChangeMark({ value, marksChange }: ChangeMarkProps) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value)
    setSeen({ value, changes: seen.changes + (marksChange(seen.value, value) ? 1 : 0) });
  return seen.changes === 0 ? null : <i key={seen.changes} className="is-new" aria-hidden="true" />;
}

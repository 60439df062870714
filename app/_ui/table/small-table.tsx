import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export type SmallColumn<Row> = {
  id: string;
  title: ReactNode;
  isNumber?: boolean;
  width?: number | string;
  /** Text that is read whole goes on in a second line. */
  wraps?: boolean;
  cell: (row: Row) => ReactNode;
};

type SmallTableProps<Row> = {
  label: string;
  columns: readonly SmallColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowTone?: (row: Row) => "bad" | null;
  isCompact?: boolean;
};

/** A plain table for up to some hundred rows, inside a flush panel. */
export function SmallTable<Row>({ label, columns, rows, rowKey, rowTone, isCompact }: SmallTableProps<Row>) {
  return (
    <table className={cx("tbl", isCompact && "tbl-compact")} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={cx(column.isNumber && "num")}
              style={{ width: column.width }}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={cx(rowTone?.(row) === "bad" && "is-bad")}>
            {columns.map((column) => (
              <td key={column.id} className={cx(column.isNumber && "num", column.wraps && "wraps")}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

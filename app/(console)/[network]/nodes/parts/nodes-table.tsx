"use client";

import type { ReactNode } from "react";
import type { NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { PanelState } from "../../../../_ui/panel.tsx";
import type { Column, ColumnWidths } from "../../../../_ui/table/columns.ts";
import { DataTable } from "../../../../_ui/table/data-table.tsx";
import type { Selection } from "../../../../_ui/table/selection.ts";
import type { SortKey } from "../../../../_ui/table/sort.ts";

export type NodesTableProps = {
  columns: readonly Column<NodeRow>[];
  rows: readonly NodeRow[];
  state: PanelState;
  sort: readonly SortKey[];
  onSort: (sort: SortKey[]) => void;
  widths: ColumnWidths;
  onWidths: (widths: ColumnWidths) => void;
  isCompact: boolean;
  selected: Selection;
  onSelected: (selected: Selection) => void;
  peeked: string | null;
  onPeek: (key: string | null) => void;
  /** Somebody's pointer or focus is in the rows. */
  onReading: (isReading: boolean) => void;
  footer?: ReactNode;
};

/** Seventeen columns: seven pixels a side instead of ten let them stand in 1232. */
const closeCells =
  "[&_.grid-td:not(.grid-edge-l,.grid-edge-r)]:px-[7px] [&_.grid-th:not(.grid-edge-l,.grid-edge-r)]:px-[7px] [&_.grid-edge-r]:pl-[7px]";

const keyOf = (row: NodeRow) => row.key;
const nameOf = (row: NodeRow) => row.name;

export function NodesTable({ isCompact, onReading, ...table }: NodesTableProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches whether the rows are being read
    <div
      className={`flex min-h-0 flex-1 flex-col ${closeCells}`}
      onPointerEnter={() => onReading(true)}
      onPointerLeave={(event) => onReading(event.currentTarget.contains(document.activeElement))}
      onFocus={() => onReading(true)}
      onBlur={(event) => onReading(event.currentTarget.contains(event.relatedTarget))}
    >
      <DataTable
        label="Nodes"
        rowKey={keyOf}
        rowLabel={nameOf}
        {...(isCompact && { rowHeight: 26 })}
        {...table}
      />
    </div>
  );
}

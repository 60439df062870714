// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: Safari drops the implicit roles of a table that CSS lays out as a grid, so they are said
// biome-ignore-all lint/a11y/noRedundantRoles: Safari drops the implicit roles of a table that CSS lays out as a grid, so they are said
"use client";

import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Checkbox } from "../checkbox.tsx";
import { EmptyState } from "../empty-state.tsx";
import { ErrorState } from "../error-state.tsx";
import { useDensity } from "../looks.ts";
import type { PanelState } from "../panel.tsx";
import { type Column, type ColumnWidths, gridTracks } from "./columns.ts";
import { type Selection, selectionState } from "./selection.ts";
import { SkeletonRows } from "./skeleton-rows.tsx";
import type { SortKey } from "./sort.ts";
import { TableHead } from "./table-head.tsx";
import { TableRow } from "./table-row.tsx";
import { useActiveRow } from "./use-active-row.ts";
import { useRowWindow } from "./use-row-window.ts";

export type DataTableProps<Row> = {
  /** Its name: "Nodes". */
  label: string;
  /** The shown columns, in order. Keep the array itself the same between renders. */
  columns: readonly Column<Row>[];
  /** Sorted by their owner. A row that did not change must be the same object: then it is not rendered again. */
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What a row is called, for its checkbox. */
  rowLabel: (row: Row) => string;
  rowTone?: (row: Row) => "bad" | null;
  /** Without it as high as the person wants rows to be. */
  rowHeight?: number;
  sort?: readonly SortKey[];
  onSort?: (sort: SortKey[]) => void;
  widths?: ColumnWidths;
  onWidths?: (widths: ColumnWidths) => void;
  /** With `onSelected` rows can be selected. */
  selected?: Selection;
  onSelected?: (selected: Selection) => void;
  /** With `onPeek` a click or "o" shows a row beside the table. */
  peeked?: string | null;
  onPeek?: (key: string | null) => void;
  state?: PanelState;
  /** The last rows have come into view: time to load the next page. */
  onNearEnd?: () => void;
  footer?: ReactNode;
};

const noWidths: ColumnWidths = {};
const nothing: Selection = new Set();
const unsorted: readonly SortKey[] = [];
const checkTrack = 38;

/**
 * Thousands of live rows: only those in view are in the document, each rendered again only when its own object changes.
 * Keys: j k or arrows move, x or space selects (with shift a range), Enter opens the row's first link, o peeks.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, widths = noWidths, state = { kind: "data" } } = props;
  const { selected = nothing, onSelected } = props;
  const isCompact = useDensity() === "compact";
  const rowHeight = props.rowHeight ?? (isCompact ? 26 : 32);
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableElement>(null);
  const view = useRowWindow(scroller, rowHeight, rows.length);
  const active = useActiveRow({ ...props, scroller, rowHeight });
  useNearEnd(view.last >= rows.length - 1, rows.length, props.onNearEnd);

  const lead = onSelected ? [checkTrack] : [];
  const tracks = gridTracks(columns, widths, lead);
  const style: CSSProperties & Record<`--${string}`, string> = {
    "--grid-cols": tracks,
    "--grid-row-h": `${rowHeight}px`,
  };
  const isData = state.kind === "data";
  return (
    <div className="grid-box flex-1">
      <div ref={scroller} className="grid-scroll">
        <table
          ref={body}
          role="grid"
          className="grid-in"
          style={style}
          aria-label={label}
          aria-rowcount={isData ? rows.length + 1 : undefined}
          aria-colcount={columns.length + lead.length}
          aria-multiselectable={onSelected ? true : undefined}
          aria-busy={state.kind === "pending" || undefined}
          onKeyDown={(event: KeyboardEvent) => active.onKeyDown(event)}
        >
          <TableHead
            columns={columns}
            widths={widths}
            sort={props.sort ?? unsorted}
            onSort={props.onSort}
            onWidths={props.onWidths}
            onDrag={(next) => body.current?.style.setProperty("--grid-cols", gridTracks(columns, next, lead))}
            selectAll={
              onSelected ? (
                <SelectAll rows={rows} rowKey={rowKey} selected={selected} onSelected={onSelected} />
              ) : null
            }
          />
          {state.kind === "pending" && <SkeletonRows columns={columns} hasCheck={onSelected !== undefined} />}
          {isData && (
            <tbody role="rowgroup" className="grid-body" style={{ height: rows.length * rowHeight }}>
              {drawnRows(view, active.index, rows.length).map((index) => {
                const row = rows[index];
                if (row === undefined) return null;
                const key = rowKey(row);
                return (
                  <TableRow
                    key={key}
                    row={row}
                    rowKey={key}
                    label={props.rowLabel(row)}
                    index={index}
                    columns={columns}
                    tone={props.rowTone?.(row) ?? null}
                    isActive={index === Math.max(0, active.index)}
                    isPeeked={props.peeked === key}
                    isSelected={onSelected ? selected.has(key) : null}
                    events={active.events}
                  />
                );
              })}
            </tbody>
          )}
        </table>
        {state.kind === "failed" && (
          <div className="state-page">
            <ErrorState {...state} />
          </div>
        )}
        {state.kind === "empty" && (
          <div className="state-page">
            <EmptyState {...state} />
          </div>
        )}
      </div>
      {props.footer && <div className="grid-foot">{props.footer}</div>}
    </div>
  );
}

type SelectAllProps<Row> = {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selected: Selection;
  onSelected: (selected: Selection) => void;
};

function SelectAll<Row>({ rows, rowKey, selected, onSelected }: SelectAllProps<Row>) {
  const keys = rows.map(rowKey);
  const state = selectionState(selected, keys);
  return (
    <Checkbox
      isBare
      label={state === "all" ? "Select none" : `Select all ${keys.length}`}
      isChecked={state === "all"}
      isPartly={state === "some"}
      onChange={(isOn) => onSelected(new Set(isOn ? keys : []))}
    />
  );
}

/** The row with the focus stays in the document wherever the scroll is, or the focus would be lost. */
function drawnRows(view: { first: number; last: number }, active: number, count: number): number[] {
  const indexes = Array.from(
    { length: Math.max(0, view.last - view.first) },
    (_, offset) => view.first + offset,
  );
  if (active >= 0 && active < count && (active < view.first || active >= view.last)) indexes.push(active);
  return indexes;
}

/** Told once for every length: a page that did not fill the view asks for the next one. */
function useNearEnd(isNearEnd: boolean, count: number, onNearEnd: (() => void) | undefined) {
  const tell = useRef(onNearEnd);
  useEffect(() => {
    tell.current = onNearEnd;
  });
  useEffect(() => {
    if (isNearEnd && count > 0) tell.current?.();
  }, [isNearEnd, count]);
}

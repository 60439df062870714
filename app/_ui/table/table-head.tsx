// biome-ignore-all lint/a11y/noRedundantRoles: Safari drops the implicit roles of a table that CSS lays out as a grid, so they are said
// biome-ignore-all lint/a11y/useSemanticElements: Safari drops the implicit roles of a table that CSS lays out as a grid, so they are said
"use client";

import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode } from "react";
import { cx } from "../cx.ts";
import { Icon } from "../icon.tsx";
import { type Column, type ColumnWidths, widthOf } from "./columns.ts";
import { type SortKey, toggleSort } from "./sort.ts";

type TableHeadProps<Row> = {
  columns: readonly Column<Row>[];
  widths: ColumnWidths;
  sort: readonly SortKey[];
  onSort: ((sort: SortKey[]) => void) | undefined;
  onDrag: (widths: ColumnWidths) => void;
  onWidths: ((widths: ColumnWidths) => void) | undefined;
  /** The checkbox that selects all; null = rows cannot be selected. */
  selectAll: ReactNode;
};

export function TableHead<Row>({ columns, selectAll, ...rest }: TableHeadProps<Row>) {
  return (
    <thead role="rowgroup">
      <tr role="row" className="grid-head" aria-rowindex={1}>
        {selectAll !== null && (
          <th role="columnheader" className="grid-th grid-edge-l">
            {selectAll}
          </th>
        )}
        {columns.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            isFirst={index === 0 && selectAll === null}
            isLast={index === columns.length - 1}
            {...rest}
          />
        ))}
      </tr>
    </thead>
  );
}

type HeadCellProps<Row> = Omit<TableHeadProps<Row>, "columns" | "selectAll"> & {
  column: Column<Row>;
  isFirst: boolean;
  isLast: boolean;
};

function HeadCell<Row>({
  column,
  isFirst,
  isLast,
  widths,
  sort,
  onSort,
  onDrag,
  onWidths,
}: HeadCellProps<Row>) {
  const place = sort.findIndex((key) => key.id === column.id);
  const key = sort[place];
  const width = widthOf(column, widths);
  const resize = (next: number) => ({
    ...widths,
    [column.id]: Math.max(column.minWidth ?? 44, Math.round(next)),
  });
  return (
    <th
      role="columnheader"
      className={cx(
        "grid-th",
        column.isNumber && "grid-th-num",
        isFirst && "grid-edge-l",
        isLast && "grid-edge-r",
      )}
      aria-sort={key ? (key.isDescending ? "descending" : "ascending") : undefined}
      data-tip={column.description}
      data-column={column.id}
      onKeyDown={(event) => {
        const by = resizeStep(event);
        if (by !== 0) onWidths?.(resize(width + by));
      }}
    >
      {column.isSortable && onSort ? (
        <SortButton
          title={column.title}
          sortKey={key}
          place={sort.length > 1 ? place + 1 : 0}
          onPress={(event) =>
            onSort(
              toggleSort(sort, column.id, {
                isAdded: event.shiftKey,
                startsDescending: column.startsDescending === true,
              }),
            )
          }
        />
      ) : (
        column.title
      )}
      {onWidths && (
        <span
          className="grid-grip"
          aria-hidden="true"
          onPointerDown={(event) => drag(event, { resize, onDrag, onDrop: onWidths })}
          onDoubleClick={() => onWidths(without(widths, column.id))}
        />
      )}
    </th>
  );
}

type SortButtonProps = {
  title: string;
  sortKey: SortKey | undefined;
  /** Its rank among several; 0 = it is the only one. */
  place: number;
  onPress: (event: MouseEvent) => void;
};

function SortButton({ title, sortKey, place, onPress }: SortButtonProps) {
  return (
    <button type="button" className="grid-sort" onClick={onPress}>
      <span>{title}</span>
      {sortKey && <Icon of={sortKey.isDescending ? ArrowDown : ArrowUp} size={12} />}
      {sortKey && place > 0 && <sup>{place}</sup>}
    </button>
  );
}

/** Alt with an arrow does what dragging does. */
function resizeStep(event: KeyboardEvent): number {
  if (!event.altKey) return 0;
  if (event.key === "ArrowLeft") return -16;
  return event.key === "ArrowRight" ? 16 : 0;
}

type Dragging = {
  resize: (width: number) => ColumnWidths;
  onDrag: (widths: ColumnWidths) => void;
  onDrop: (widths: ColumnWidths) => void;
};

function drag(event: PointerEvent<HTMLElement>, { resize, onDrag, onDrop }: Dragging): void {
  const grip: HTMLElement = event.currentTarget;
  const cell = grip.closest("th");
  if (!cell || event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  grip.classList.add("is-on");
  const startX = event.clientX;
  const startWidth = cell.getBoundingClientRect().width;
  const stop = new AbortController();
  const at = (moved: globalThis.PointerEvent) => resize(startWidth + moved.clientX - startX);
  grip.addEventListener("pointermove", (moved) => onDrag(at(moved)), { signal: stop.signal });
  grip.addEventListener(
    "lostpointercapture",
    (ended) => {
      stop.abort();
      grip.classList.remove("is-on");
      if (ended.clientX !== startX) onDrop(at(ended));
    },
    { signal: stop.signal },
  );
}

function without(widths: ColumnWidths, id: string): ColumnWidths {
  const { [id]: _, ...rest } = widths;
  return rest;
}

"use client";

import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { isTyping } from "../is-typing.ts";
import { type Pressed, type RowAction, rowAction, worksAnywhere } from "./row-keys.ts";
import { type Selection, selectRange, toggleSelected } from "./selection.ts";
import type { RowEvents } from "./table-row.tsx";
import { scrollToRow } from "./window.ts";

type Table<Row> = {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHeight: number;
  scroller: RefObject<HTMLElement | null>;
  selected?: Selection;
  onSelected?: (selected: Selection) => void;
  peeked?: string | null;
  onPeek?: (key: string | null) => void;
};

const headHeight = 28;

/** Which row has the focus, and what keys and clicks do to it. The row is remembered by key: live sorting moves it along. */
export function useActiveRow<Row>(table: Table<Row>) {
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const latest = useRef(table);
  const lastChecked = useRef<string | null>(null);
  useEffect(() => {
    latest.current = table;
  });
  const index = activeKey === null ? -1 : table.rows.findIndex((row) => table.rowKey(row) === activeKey);

  const actions = useMemo(() => {
    const keyOf = (at: number) => {
      const row = latest.current.rows[at];
      return row === undefined ? null : latest.current.rowKey(row);
    };
    const check = (key: string, isRange: boolean) => {
      const { selected = new Set<string>(), onSelected, rows, rowKey } = latest.current;
      const from = lastChecked.current;
      lastChecked.current = key;
      onSelected?.(
        isRange && from !== null
          ? selectRange(selected, rows.map(rowKey), { from, to: key })
          : toggleSelected(selected, key),
      );
    };
    const peek = (key: string) => latest.current.onPeek?.(latest.current.peeked === key ? null : key);
    const moveTo = (at: number) => {
      const key = keyOf(at);
      if (key === null) return;
      setActiveKey(key);
      reveal(latest.current, at);
      requestAnimationFrame(() =>
        rowElement(latest.current.scroller.current, key)?.focus({ preventScroll: true }),
      );
      if (latest.current.peeked) latest.current.onPeek?.(key);
    };
    return { keyOf, check, peek, moveTo };
  }, []);

  const act = (action: RowAction) => {
    const key = actions.keyOf(index);
    if (action.kind === "move") return actions.moveTo(action.to);
    if (key === null) return;
    if (action.kind === "select") actions.check(key, action.isRange);
    if (action.kind === "peek") actions.peek(key);
    if (action.kind === "open")
      rowElement(table.scroller.current, key)?.querySelector<HTMLElement>("a[href]")?.click();
  };
  const press = (pressed: Pressed & { preventDefault(): void }) => {
    const pageRows = Math.floor((table.scroller.current?.clientHeight ?? 0) / table.rowHeight) - 1;
    const action = rowAction(pressed, { at: index, count: table.rows.length, pageRows });
    if (!action) return;
    pressed.preventDefault();
    act(action);
  };
  useKeysAnywhere(press);

  const events = useMemo<RowEvents>(
    () => ({
      onFocus: setActiveKey,
      onCheck: (key) => actions.check(key, false),
      onClick: (key, event) => {
        if (isOwnControl(event) || isSelectingText()) return;
        if (event.shiftKey) return actions.check(key, true);
        actions.peek(key);
      },
    }),
    [actions],
  );
  return {
    index,
    events,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.matches("tr")) press(event);
    },
  };
}

/** While nothing has the focus, j and k begin with the first row. */
function useKeysAnywhere(press: (event: globalThis.KeyboardEvent) => void) {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isFree = event.target === document.body || event.target === document.documentElement;
      if (isFree && worksAnywhere(event.key) && !isTyping(event)) latest.current(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function reveal<Row>({ scroller, rowHeight }: Table<Row>, index: number): void {
  const element = scroller.current;
  if (!element) return;
  const view = { top: element.scrollTop, height: element.clientHeight, headHeight };
  const top = scrollToRow(index, rowHeight, view);
  if (top !== null) element.scrollTop = top;
}

function rowElement(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(key)}"]`) ?? null;
}

function isOwnControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("a, button, input, label") !== null;
}

function isSelectingText(): boolean {
  return (window.getSelection()?.toString() ?? "") !== "";
}

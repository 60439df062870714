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
  useEffect(() => {
    latest.current = table;
  });
  const acts = useMemo(() => rowActs(() => latest.current, setActiveKey), []);
  const index = activeKey === null ? -1 : table.rows.findIndex((row) => table.rowKey(row) === activeKey);
  const press = (pressed: Pressed & { preventDefault(): void }) => {
    const pageRows = Math.floor((table.scroller.current?.clientHeight ?? 0) / table.rowHeight) - 1;
    const action = rowAction(pressed, { at: index, count: table.rows.length, pageRows });
    if (!action) return;
    pressed.preventDefault();
    perform(action, acts, index);
  };
  useKeysAnywhere(press);
  const events = useMemo<RowEvents>(
    () => ({
      onFocus: setActiveKey,
      onCheck: (key) => acts.check(key, false),
      onClick: (key, event) => {
        if (isOwnControl(event) || isSelectingText()) return;
        if (event.shiftKey) acts.check(key, true);
        else acts.peek(key);
      },
    }),
    [acts],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches("tr")) press(event);
  };
  return { index, events, onKeyDown };
}

type RowActs = ReturnType<typeof rowActs>;

function perform(action: RowAction, acts: RowActs, at: number): void {
  if (action.kind === "move") acts.moveTo(action.to);
  const key = acts.keyAt(at);
  if (key === null) return;
  if (action.kind === "select") acts.check(key, action.isRange);
  if (action.kind === "peek") acts.peek(key);
  if (action.kind === "open") acts.open(key);
}

/** What can be done to rows. Made once: rows that get these functions are not rendered again for them. */
function rowActs<Row>(table: () => Table<Row>, activate: (key: string) => void) {
  let lastChecked: string | null = null;
  const keyAt = (at: number) => {
    const row = table().rows[at];
    return row === undefined ? null : table().rowKey(row);
  };
  const check = (key: string, isRange: boolean) => {
    const { selected = new Set<string>(), onSelected, rows, rowKey } = table();
    const from = lastChecked;
    lastChecked = key;
    if (isRange && from !== null) onSelected?.(selectRange(selected, rows.map(rowKey), { from, to: key }));
    else onSelected?.(toggleSelected(selected, key));
  };
  const peek = (key: string) => table().onPeek?.(table().peeked === key ? null : key);
  const open = (key: string) =>
    rowElement(table().scroller.current, key)?.querySelector<HTMLElement>("a[href]")?.click();
  const moveTo = (at: number) => {
    const key = keyAt(at);
    if (key === null) return;
    activate(key);
    reveal(table(), at);
    requestAnimationFrame(() => rowElement(table().scroller.current, key)?.focus({ preventScroll: true }));
    if (table().peeked) table().onPeek?.(key);
  };
  return { keyAt, check, peek, open, moveTo };
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

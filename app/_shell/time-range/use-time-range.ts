"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { defaultFrom } from "../../../server/kernel/time-range.ts";
import { pinnedTo } from "./pinned-range.ts";
import type { RangeText } from "./presets.ts";

/**
 * The page's one time range, from the address. `range` goes into every query as it stands ("now-3h"), so that the key
 * stays the same while time passes; `zoomTo` is for charts. With `asOf` in the address "now" means that moment: `range` is
 * then fixed, so every page that draws a range shows what was, and nothing of it moves. `typed` is as the address has it.
 */
export function useTimeRange() {
  const params = useSearchParams();
  const from = params.get("from") ?? defaultFrom;
  const to = params.get("to") ?? "now";
  const asOf = params.get("asOf");
  const typed = useMemo<RangeText>(() => ({ from, to }), [from, to]);
  const range = useMemo(() => (asOf === null ? typed : pinnedTo(typed, asOf)), [typed, asOf]);
  const zoomTo = useCallback(
    (start: Date, end: Date) => setRange({ from: start.toISOString(), to: end.toISOString() }),
    [],
  );
  return { range, typed, asOf, setRange, setMoment, zoomTo };
}

/** What was asked for last and may not be drawn yet. */
let asked: { href: string; atMs: number } | null = null;

/** Drawing what was asked for takes no longer; afterwards the address is right. */
const drawnWithinMs = 2_000;

/**
 * The range at this very moment: a key may be pressed again before the page is drawn anew. The address alone does not tell:
 * whenever Next has drawn something it writes that into the address, also when more has been asked for meanwhile.
 */
export function readRange(): { range: RangeText; asOf: string | null } {
  const params = new URL(latestHref(window.location.href, performance.now())).searchParams;
  const typed = { from: params.get("from") ?? defaultFrom, to: params.get("to") ?? "now" };
  const asOf = params.get("asOf");
  return { range: asOf === null ? typed : pinnedTo(typed, asOf), asOf };
}

function latestHref(shown: string, nowMs: number): string {
  if (asked === null || nowMs - asked.atMs > drawnWithinMs) return shown;
  const next = new URL(asked.href, shown);
  return next.pathname === new URL(shown).pathname ? next.href : shown;
}

/** Back and Forward mean what they lead to. */
export function forgetAsked(): void {
  asked = null;
}

/** Next's router follows the history by itself: no request, and Back returns to the range before. */
function setRange(range: RangeText): void {
  push(hrefWith(window.location.href, range));
}

/** Both at once: one step of the history. Null = now. */
function setMoment(range: RangeText, asOf: string | null): void {
  push(hrefWith(window.location.href, range, asOf));
}

function push(href: string): void {
  asked = { href, atMs: performance.now() };
  window.history.pushState(null, "", href);
}

/** What is the default is left out of the address; a moment that is not given stays as it is. */
export function hrefWith(href: string, { from, to }: RangeText, asOf?: string | null): string {
  const url = new URL(href);
  if (asOf !== undefined) put(url, "asOf", asOf);
  put(url, "from", from === defaultFrom ? null : from);
  put(url, "to", to === "now" ? null : to);
  return `${url.pathname}${url.search}${url.hash}`;
}

function put(url: URL, name: string, value: string | null): void {
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
}

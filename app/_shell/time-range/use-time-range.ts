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

/** What the address says at this very moment: a key may be pressed again before the page is drawn anew. */
export function readRange(): { range: RangeText; asOf: string | null } {
  const params = new URLSearchParams(window.location.search);
  const typed = { from: params.get("from") ?? defaultFrom, to: params.get("to") ?? "now" };
  const asOf = params.get("asOf");
  return { range: asOf === null ? typed : pinnedTo(typed, asOf), asOf };
}

/** Next's router follows the history by itself: no request, and Back returns to the range before. */
function setRange(range: RangeText): void {
  window.history.pushState(null, "", hrefWith(window.location.href, range));
}

/** Both at once: one step of the history. Null = now. */
function setMoment(range: RangeText, asOf: string | null): void {
  window.history.pushState(null, "", hrefWith(window.location.href, range, asOf));
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

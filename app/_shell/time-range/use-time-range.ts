"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { defaultFrom } from "../../../server/kernel/time-range.ts";
import type { RangeText } from "./presets.ts";

/**
 * The page's one time range, from the address. `range` goes into every query as it stands ("now-3h"), so that the key
 * stays the same while time passes; `zoomTo` is for charts.
 */
export function useTimeRange() {
  const params = useSearchParams();
  const from = params.get("from") ?? defaultFrom;
  const to = params.get("to") ?? "now";
  const range = useMemo<RangeText>(() => ({ from, to }), [from, to]);
  const zoomTo = useCallback(
    (start: Date, end: Date) => setRange({ from: start.toISOString(), to: end.toISOString() }),
    [],
  );
  return { range, setRange, zoomTo };
}

/** Next's router follows the history by itself: no request, and Back returns to the range before. */
function setRange(range: RangeText): void {
  window.history.pushState(null, "", hrefWith(window.location.href, range));
}

/** What is the default is left out of the address. */
export function hrefWith(href: string, { from, to }: RangeText): string {
  const url = new URL(href);
  put(url, "from", from === defaultFrom ? null : from);
  put(url, "to", to === "now" ? null : to);
  return `${url.pathname}${url.search}${url.hash}`;
}

function put(url: URL, name: string, value: string | null): void {
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
}

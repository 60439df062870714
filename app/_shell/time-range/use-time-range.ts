"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import { defaultFrom } from "../../../server/kernel/time-range.ts";
import { AskedRanges, isSame, type Moment } from "./asked-ranges.ts";
import { pinnedTo } from "./pinned-range.ts";
import type { RangeText } from "./presets.ts";

/**
 * The page's one time range, from the address. `range` goes into every query as it stands ("now-3h"), so that the key
 * stays the same while time passes; `zoomTo` is for charts. With `asOf` in the address "now" means that moment: `range` is
 * then fixed, so every page that draws a range shows what was, and nothing of it moves. `typed` is as the address has it.
 */
export function useTimeRange() {
  const params = useSearchParams();
  const { from, to, asOf } = momentOf(params);
  const typed = useMemo<RangeText>(() => ({ from, to }), [from, to]);
  const range = useMemo(() => (asOf === null ? typed : pinnedTo(typed, asOf)), [typed, asOf]);
  const zoomTo = useCallback(
    (start: Date, end: Date) => setRange({ from: start.toISOString(), to: end.toISOString() }),
    [],
  );
  return { range, typed, asOf, setRange, setMoment, zoomTo };
}

/** Next's router follows the history by itself: no request, and Back returns to the range before. */
const asked = new AskedRanges(({ asOf, ...range }) =>
  window.history.pushState(null, "", hrefWith(window.location.href, range, asOf)),
);

/** The range that was asked for last: a key may be pressed again before the page is drawn anew. */
export function readRange(): { range: RangeText; asOf: string | null } {
  const { asOf, ...typed } = latestMoment();
  return { range: asOf === null ? typed : pinnedTo(typed, asOf), asOf };
}

function latestMoment(): Moment {
  return asked.latest ?? momentOf(new URLSearchParams(window.location.search));
}

function momentOf(params: Pick<URLSearchParams, "get">): Moment {
  return {
    from: params.get("from") ?? defaultFrom,
    to: params.get("to") ?? "now",
    asOf: params.get("asOf"),
  };
}

/** Lets the next range go into the history once the last one is drawn. For the one part that is on every page. */
export function useDrawnRange(): void {
  const params = useSearchParams();
  const pathname = usePathname();
  useEffect(() => asked.drawn(momentOf(params)), [params]);
  useEffect(() => {
    const forget = () => asked.forget();
    window.addEventListener("popstate", forget);
    return () => {
      window.removeEventListener("popstate", forget);
      // Another page begins anew.
      if (window.location.pathname !== pathname) forget();
    };
  }, [pathname]);
}

function setRange(range: RangeText): void {
  setMoment(range, latestMoment().asOf);
}

/** Both at once: one step of the history. Null = now. What is shown already is no step. */
function setMoment(range: RangeText, asOf: string | null): void {
  const moment = { ...range, asOf };
  if (!isSame(moment, latestMoment())) asked.ask(moment);
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

"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { defaultFrom } from "../../../server/kernel/time-range.ts";
import type { RangeText } from "./presets.ts";

const parsers = { from: parseAsString.withDefault(defaultFrom), to: parseAsString.withDefault("now") };

/**
 * The page's one time range, from the address. `range` goes into every query as it stands ("now-3h"), so that the key
 * stays the same while time passes; `zoomTo` is for charts.
 */
export function useTimeRange() {
  const [{ from, to }, setParams] = useQueryStates(parsers, { history: "push" });
  const range = useMemo<RangeText>(() => ({ from, to }), [from, to]);
  const setRange = useCallback((next: RangeText) => void setParams(next), [setParams]);
  const zoomTo = useCallback(
    (start: Date, end: Date) => setRange({ from: start.toISOString(), to: end.toISOString() }),
    [setRange],
  );
  return { range, setRange, zoomTo };
}

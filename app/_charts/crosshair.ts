"use client";

import { useCallback, useSyncExternalStore } from "react";

/**
 * One crosshair for all charts that share a name; the chart under the pointer also shows its values. `share` is how high
 * in that chart the pointer stands, 0 to 1.
 */
export type Crosshair = { at: number; share: number; chartId: string } | null;

const crosshairs = new Map<string, Crosshair>();
const listeners = new Map<string, Set<() => void>>();

export function moveCrosshair(group: string, crosshair: Crosshair): void {
  crosshairs.set(group, crosshair);
  for (const listener of listeners.get(group) ?? []) listener();
}

/** Only the overlay that calls this is rendered when the pointer moves; the drawing below it is not. */
export function useCrosshair(group: string): Crosshair {
  const subscribe = useCallback((listener: () => void) => listen(group, listener), [group]);
  return useSyncExternalStore(
    subscribe,
    () => crosshairs.get(group) ?? null,
    () => null,
  );
}

function listen(group: string, listener: () => void): () => void {
  const known = listeners.get(group) ?? new Set();
  listeners.set(group, known.add(listener));
  return () => {
    known.delete(listener);
    if (known.size > 0) return;
    listeners.delete(group);
    crosshairs.delete(group);
  };
}

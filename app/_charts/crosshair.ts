"use client";

import { useSyncExternalStore } from "react";

/** One crosshair for all charts that share a name; the chart under the pointer also shows its values. */
export type Crosshair = { at: number; chartId: string } | null;

const crosshairs = new Map<string, Crosshair>();
const listeners = new Map<string, Set<() => void>>();

export function moveCrosshair(group: string, crosshair: Crosshair): void {
  crosshairs.set(group, crosshair);
  for (const listener of listeners.get(group) ?? []) listener();
}

/** Only the overlay that calls this is rendered when the pointer moves; the drawing below it is not. */
export function useCrosshair(group: string): Crosshair {
  return useSyncExternalStore(
    (listener) => listen(group, listener),
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

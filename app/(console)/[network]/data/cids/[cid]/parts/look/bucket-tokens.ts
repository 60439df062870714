"use client";

import { useSyncExternalStore } from "react";

/**
 * Tokens that somebody typed, by bucket: in this tab's memory only. Not stored, not in an address, gone with a reload.
 */
const tokens = new Map<string, string>();
/** Grows with every change: what was answered for one token is not shown for another. */
let changes = 0;
const listeners = new Set<() => void>();

export function useBucketToken(place: string): string | null {
  return useSyncExternalStore(
    listen,
    () => tokens.get(place) ?? null,
    () => null,
  );
}

export function setBucketToken(place: string, token: string | null): void {
  if (token === null) tokens.delete(place);
  else tokens.set(place, token);
  changes++;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands for the token where it must not be written itself, as in the key of a query. */
export function tokenChanges(): number {
  return changes;
}

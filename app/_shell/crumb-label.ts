"use client";

import { useEffect, useSyncExternalStore } from "react";

/** A page about one thing tells its name, because the address holds only its id. */
const listeners = new Set<() => void>();
let label: string | null = null;

export function useCrumbLabel(name: string | null): void {
  useEffect(() => {
    tell(name);
    return () => tell(null);
  }, [name]);
}

export function useToldCrumb(): string | null {
  return useSyncExternalStore(
    listen,
    () => label,
    () => null,
  );
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(next: string | null): void {
  label = next;
  for (const listener of listeners) listener();
}

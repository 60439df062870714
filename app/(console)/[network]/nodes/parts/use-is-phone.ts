"use client";

import { useSyncExternalStore } from "react";

const query = "(max-width: 640px)";

/** Null until the browser has said it: the server does not know how wide a screen is. */
export function useIsPhone(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    watch,
    () => window.matchMedia(query).matches,
    () => null,
  );
}

function watch(listener: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False in the server's HTML and while it is taken over: what the server did not know must not be drawn before. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

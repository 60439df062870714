"use client";

import { createContext, type ReactNode, useContext } from "react";

const Paused = createContext(false);

/** Whether people hold the page still: ages then say so. */
export function PausedProvider({ isPaused, children }: { isPaused: boolean; children: ReactNode }) {
  return <Paused value={isPaused}>{children}</Paused>;
}

export function usePaused(): boolean {
  return useContext(Paused);
}

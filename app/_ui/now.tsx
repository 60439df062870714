"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const FirstNow = createContext(0);

const tickMs = 1_000;
const listeners = new Set<() => void>();
let current = 0;
let aheadMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Ages start from the server's clock, so that the first paint and hydration agree. */
export function NowProvider({ at, children }: { at: number; children: ReactNode }) {
  return <FirstNow value={at}>{children}</FirstNow>;
}

/** Milliseconds since the epoch by the server's clock, once a second for everything on the page. */
export function useNow(): number {
  const first = useContext(FirstNow);
  return useSyncExternalStore(
    subscribe,
    () => current || first,
    () => first,
  );
}

/** People's clocks are wrong by seconds: ages are counted on the server's. */
export function correctClock(serverAt: number, receivedAt: number): void {
  aheadMs = serverAt - receivedAt;
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    tick();
    timer = setInterval(tick, tickMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  current = Date.now() + aheadMs;
  for (const listener of listeners) listener();
}

import type { Tone } from "./glyph.tsx";

export type Notification = {
  tone: Exclude<Tone, "unknown">;
  /** What happened: "11 of 12 silenced." */
  title: string;
  detail?: string;
  /** The way back, or the next step. */
  action?: { label: string; run: () => void };
};

export type Queued = Notification & { id: number };

const listeners = new Set<() => void>();
let queue: readonly Queued[] = [];
let nextId = 1;

/** Says the result of an action, at the lower right; it leaves by itself unless it tells of a failure. */
export function notify(notification: Notification): void {
  queue = [...queue, { ...notification, id: nextId }];
  nextId += 1;
  tell();
}

export function takeNotification(id: number): void {
  queue = queue.filter((queued) => queued.id !== id);
  tell();
}

export function queuedNotifications(): readonly Queued[] {
  return queue;
}

export function onNotification(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

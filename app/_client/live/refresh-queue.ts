import type { Refresh } from "../../../server/live/topics.ts";

type Waiting = { timer: ReturnType<typeof setTimeout> | null; dueAt: number; lastAt: number };

/**
 * Asks queries anew, each path at most once in its time: the first notice acts at once, those that follow wait together.
 * All browsers hear a notice in the same moment, so each waits a little, at random.
 */
export class RefreshQueue {
  readonly #refresh: (path: readonly string[]) => void;
  readonly #now: () => number;
  readonly #spread: () => number;
  readonly #paths = new Map<string, Waiting>();

  /** `spread` gives 0 to 1. */
  constructor(refresh: (path: readonly string[]) => void, now: () => number, spread: () => number) {
    this.#refresh = refresh;
    this.#now = now;
    this.#spread = spread;
  }

  add({ path, everyMs }: Refresh): void {
    const key = path.join(".");
    const waiting = this.#paths.get(key) ?? { timer: null, dueAt: 0, lastAt: Number.NEGATIVE_INFINITY };
    this.#paths.set(key, waiting);
    const dueAt = Math.max(this.#now(), waiting.lastAt + everyMs);
    if (waiting.timer !== null && waiting.dueAt <= dueAt) return;
    // A more urgent notice does not wait with the one before it.
    if (waiting.timer !== null) clearTimeout(waiting.timer);
    waiting.dueAt = dueAt;
    waiting.timer = setTimeout(
      () => {
        waiting.timer = null;
        waiting.lastAt = this.#now();
        this.#refresh(path);
      },
      dueAt - this.#now() + this.#spread() * Math.min(maxSpreadMs, everyMs / 2),
    );
  }

  clear(): void {
    for (const { timer } of this.#paths.values()) if (timer !== null) clearTimeout(timer);
    this.#paths.clear();
  }
}

const maxSpreadMs = 1_000;

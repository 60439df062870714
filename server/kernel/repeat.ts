import { setTimeout } from "node:timers/promises";

export type Rhythm = {
  /** From the end of one turn to the start of the next. */
  pauseMs: number;
  signal: AbortSignal;
  /** A turn that fails does not end the repetition. */
  onError(error: unknown): void;
};

/** Does the work again and again until the signal aborts; never two turns at once. Resolves when the last one ended. */
export async function repeat({ pauseMs, signal, onError }: Rhythm, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    await setTimeout(pauseMs, undefined, { signal }).catch(() => {});
  }
}

/** A stretch in which nothing was heard of a node. `to` null = it lasts. */
export type Silence = { from: Date; to: Date | null };

export type HeardWindows = {
  /** Starts of windows in which something was heard, ascending. */
  windows: readonly Date[];
  windowMs: number;
  /** Newest telemetry or activity, which may be after the last window. */
  heardAt: Date | null;
};

/**
 * Silences of at least `minMs` between the windows, and the one that lasts at `at`. Before the first window nothing is
 * known. A silence is at least as long as said: it may have begun and ended within the windows around it.
 */
export function silencesOf({ windows, windowMs, heardAt }: HeardWindows, at: Date, minMs: number): Silence[] {
  const silences: Silence[] = [];
  for (const [index, window] of windows.entries()) {
    const next = windows[index + 1];
    if (!next) continue;
    const from = new Date(window.getTime() + windowMs);
    if (next.getTime() - from.getTime() >= minMs) silences.push({ from, to: next });
  }
  if (heardAt !== null && at.getTime() - heardAt.getTime() >= minMs)
    silences.push({ from: heardAt, to: null });
  return silences;
}

/** The longest of them, also the one that lasts, however short; null = never heard. */
export function longestSilence(heard: HeardWindows, at: Date): { ms: number; from: Date } | null {
  const candidates = silencesOf(heard, at, 0).map(({ from, to }) => ({
    ms: (to ?? at).getTime() - from.getTime(),
    from,
  }));
  return candidates.reduce<{ ms: number; from: Date } | null>(
    (longest, silence) => (longest === null || silence.ms > longest.ms ? silence : longest),
    null,
  );
}

"use client";

import { cx } from "./cx.ts";
import { formatAge } from "./format/duration.ts";
import { useNow } from "./now.tsx";
import { usePaused } from "./paused.tsx";

export type AgeProps = {
  /** When the newest value was measured: RFC 3339 or epoch ms; null = never heard. */
  at: string | number | null;
  /** Older than this is stale: the dot becomes a square and the age says "old". */
  staleAfterMs?: number;
};

/** How old the data of a panel is. */
export function Age({ at, staleAfterMs = 15_000 }: AgeProps) {
  const now = useNow();
  const isPaused = usePaused();
  if (at === null) return <AgeMark kind="off" text="never heard" />;
  const ageMs = now - new Date(at).getTime();
  if (isPaused) return <AgeMark kind="off" text={`paused ${formatAge(ageMs)}`} />;
  if (ageMs > staleAfterMs) return <AgeMark kind="stale" text={`${formatAge(ageMs)} old`} />;
  return <AgeMark kind="live" text={formatAge(ageMs)} />;
}

function AgeMark({ kind, text }: { kind: "live" | "stale" | "off"; text: string }) {
  return (
    <span className={cx("age", `age-${kind}`)}>
      <span className="dot" />
      {text}
    </span>
  );
}

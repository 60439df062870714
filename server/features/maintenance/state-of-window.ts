import { nextOccurrence, type Occurrence, occurrenceAt, type TimeWindow } from "../../kernel/time-window.ts";

type Span = { startsAt: string; endsAt: string };
type WindowState = {
  state: "running" | "upcoming" | "ended";
  current: Span | null;
  next: Span | null;
};

/** Where a window is at a moment; `closesAt` is its last end, or when somebody ended it. */
export function stateOfWindow(
  { time, closesAt }: { time: TimeWindow; closesAt: Date },
  at: Date,
): WindowState {
  if (closesAt <= at) return { state: "ended", current: null, next: null };
  const current = toSpan(occurrenceAt(time, at));
  const state = current === null ? "upcoming" : "running";
  return { state, current, next: toSpan(nextOccurrence(time, at)) };
}

export function toSpan(occurrence: Occurrence | null): Span | null {
  if (occurrence === null) return null;
  return { startsAt: occurrence.startsAt.toISOString(), endsAt: occurrence.endsAt.toISOString() };
}

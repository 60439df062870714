import type { TimeWindow, Weekday } from "../../../server/kernel/time-window.ts";
import { formatDay, formatSpan, type Zone } from "../../_ui/format/time.ts";

export const weekdayWords: Record<Weekday, string> = {
  1: "Mon",
  2: "Tue",
  3: "Wed",
  4: "Thu",
  5: "Fri",
  6: "Sat",
  7: "Sun",
};

/** "Mon, Fri 22:00–02:00 Europe/Berlin, until 27 Dec" */
export function windowWords(window: TimeWindow, clock: Zone): string {
  if (window.kind === "once") return spanWords(window, clock);
  const days = [...window.days].sort((one, other) => one - other).map((day) => weekdayWords[day]);
  const last = formatDay(new Date(window.lastAt), clock);
  return `${days.join(", ")} ${window.from}–${window.to} ${window.zone}, until ${last}`;
}

/** "29 Nov 02:00–04:00 UTC": always with its day, which may be far away. */
export function spanWords({ startsAt, endsAt }: { startsAt: string; endsAt: string }, clock: Zone): string {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const day = formatDay(from, clock);
  const span = formatSpan(from, to, clock);
  return day === formatDay(to, clock) ? `${day} ${span}` : span;
}

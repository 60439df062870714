import type { TimeWindow, Weekday } from "../../../server/kernel/time-window.ts";
import type { Zone } from "../../_ui/format/time.ts";
import { formatTyped, parseTyped } from "../time-range/parse-typed.ts";

/** A window as it stands in the fields of a form: times on the clock that is shown. */
export type WindowDraft = {
  kind: TimeWindow["kind"];
  startsAt: string;
  endsAt: string;
  days: Weekday[];
  from: string;
  to: string;
  zone: string;
  firstAt: string;
  lastAt: string;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The next whole hour, for two hours; each week it would be the same hours of that day, for a month. */
export function newDraft(now: Date, clock: Zone): WindowDraft {
  const begin = Math.ceil(now.getTime() / hourMs) * hourMs;
  const typed = (at: number) => formatTyped(new Date(at).toISOString(), clock).slice(0, 16);
  const zone = clock === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    ...{ kind: "once", startsAt: typed(begin), endsAt: typed(begin + 2 * hourMs) },
    ...{ days: [7], from: "02:00", to: "04:00", zone },
    ...{ firstAt: typed(begin), lastAt: typed(begin + 30 * dayMs) },
  };
}

export function draftOf(window: TimeWindow, now: Date, clock: Zone): WindowDraft {
  const typed = (at: string) => formatTyped(at, clock);
  if (window.kind === "once")
    return {
      ...{ ...newDraft(now, clock), kind: "once" },
      ...{ startsAt: typed(window.startsAt), endsAt: typed(window.endsAt) },
    };
  return {
    ...{ ...newDraft(now, clock), ...window },
    ...{ firstAt: typed(window.firstAt), lastAt: typed(window.lastAt) },
  };
}

export type ReadDraft =
  | { kind: "window"; window: TimeWindow }
  | { kind: "problem"; field: keyof WindowDraft; problem: string };

/** What the fields mean; the first that cannot be read says why. */
export function readDraft(draft: WindowDraft, now: Date, clock: Zone): ReadDraft {
  const names = draft.kind === "once" ? (["startsAt", "endsAt"] as const) : (["firstAt", "lastAt"] as const);
  const [begin, end] = names.map((name) => instantOf(draft[name], now, clock));
  if (!begin) return problemOf(names[0], "Write it as 2026-07-14 22:00, or now");
  if (!end) return problemOf(names[1], "Write it as 2026-07-14 22:00");
  if (draft.kind === "once")
    return { kind: "window", window: { kind: "once", startsAt: begin, endsAt: end } };
  for (const field of ["from", "to"] as const)
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(draft[field].trim())) return problemOf(field, "Write it as 22:00");
  if (draft.days.length === 0) return problemOf("days", "Choose a day");
  const { days, zone } = draft;
  const hours = { from: draft.from.trim(), to: draft.to.trim() };
  return { kind: "window", window: { kind: "weekly", days, ...hours, zone, firstAt: begin, lastAt: end } };
}

function problemOf(field: keyof WindowDraft, problem: string): ReadDraft {
  return { kind: "problem", field, problem };
}

/** Times that are relative to now make no window, but for now itself. */
function instantOf(text: string, now: Date, clock: Zone): string | null {
  const typed = parseTyped(text, clock);
  if (typed === "now") return now.toISOString();
  return typed === null || typed.startsWith("now") ? null : typed;
}

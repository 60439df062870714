/** Spans of time that are agreed on beforehand: once, or each week by the clocks of a zone. Pure and browser-safe. */

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type OnceWindow = { kind: "once"; startsAt: string; endsAt: string };
export type WeeklyWindow = {
  kind: "weekly";
  /** Days on which it begins. */
  days: Weekday[];
  /** "22:00", by the clocks of the zone; `to` at or before `from` is on the next day. */
  from: string;
  to: string;
  /** An IANA name: "Europe/Berlin". */
  zone: string;
  /** It takes place between these two; the end is mandatory. */
  firstAt: string;
  lastAt: string;
};
export type TimeWindow = OnceWindow | WeeklyWindow;

/** Half-open: its end is no longer in it. */
export type Occurrence = { startsAt: Date; endsAt: Date };

const dayMs = 86_400_000;
const minuteMs = 60_000;
export const longestOnceMs = 30 * dayMs;
export const longestSeriesMs = 366 * dayMs;
/** What recurs more than half of the time is no exception. */
export const longestWeekMinutes = (7 * 24 * 60) / 2;

/** What covers the moment; null = nothing does. */
export function occurrenceAt(window: TimeWindow, at: Date): Occurrence | null {
  const near = occurrencesBetween(window, at, new Date(at.getTime() + 1));
  return near[0] ?? null;
}

/** The first that begins after the moment; null = none is left. */
export function nextOccurrence(window: TimeWindow, at: Date): Occurrence | null {
  const begin = window.kind === "once" ? at : new Date(Math.max(at.getTime(), Date.parse(window.firstAt)));
  const until = window.kind === "once" ? endOf(window) : new Date(begin.getTime() + 9 * dayMs);
  return occurrencesBetween(window, begin, until).find(({ startsAt }) => startsAt > at) ?? null;
}

/** Those that overlap [from, until), in their order. A year of them at most is looked through. */
export function occurrencesBetween(window: TimeWindow, from: Date, until: Date): Occurrence[] {
  const all =
    window.kind === "once"
      ? [{ startsAt: new Date(window.startsAt), endsAt: new Date(window.endsAt) }]
      : weeklyOccurrences(window, from, until);
  return all.filter(({ startsAt, endsAt }) => startsAt < endsAt && startsAt < until && endsAt > from);
}

/** When it is over for good. */
export function endOf(window: TimeWindow): Date {
  return new Date(window.kind === "once" ? window.endsAt : window.lastAt);
}

/** Why it cannot be one, as a sentence; null = it can. `at` is the moment at which somebody asks for it. */
export function windowProblem(window: TimeWindow, at: Date): string | null {
  const [begin, end] = [Date.parse(window.kind === "once" ? window.startsAt : window.firstAt), endOf(window)];
  if (end.getTime() <= begin) return "It ends after it began.";
  if (end <= at) return "It ends in the past.";
  if (window.kind === "once")
    return end.getTime() - begin > longestOnceMs ? "It lasts 30 days at most." : null;
  if (end.getTime() - begin > longestSeriesMs) return "It recurs for 366 days at most.";
  if (!isZone(window.zone)) return `${window.zone} is no time zone.`;
  if (lengthMinutes(window) * window.days.length > longestWeekMinutes)
    return "It covers half of the week at most.";
  return nextOccurrence(window, at) === null && occurrenceAt(window, at) === null
    ? "It never takes place between its first and its last day."
    : null;
}

export function isZone(name: string): boolean {
  return name === "UTC" || Intl.supportedValuesOf("timeZone").includes(name);
}

function lengthMinutes({ from, to }: WeeklyWindow): number {
  const length = minutesOf(to) - minutesOf(from);
  return length > 0 ? length : length + 24 * 60;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** One that begins the day before may still last, and zones are up to a day apart. */
function weeklyOccurrences(window: WeeklyWindow, from: Date, until: Date): Occurrence[] {
  const [first, last] = [Date.parse(window.firstAt), Date.parse(window.lastAt)];
  const begin = Math.max(from.getTime(), first) - 2 * dayMs;
  const end = Math.min(until.getTime(), last, begin + longestSeriesMs + 4 * dayMs) + dayMs;
  const found: Occurrence[] = [];
  for (let day = begin - (begin % dayMs); day <= end; day += dayMs) {
    if (!window.days.some((wanted) => wanted === weekdayOf(day))) continue;
    const startsWall = day + minutesOf(window.from) * minuteMs;
    const startsAt = Math.max(first, earliestAt(startsWall, window.zone));
    const endsAt = Math.min(last, latestAt(startsWall + lengthMinutes(window) * minuteMs, window.zone));
    found.push({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
  }
  return found;
}

function weekdayOf(wall: number): number {
  return new Date(wall).getUTCDay() || 7;
}

/**
 * A wall clock reading (as milliseconds as if it were UTC) → the moment. Where clocks show it twice, a window begins with the
 * first and ends with the last; where they skip it, the moment of the skip stands for it.
 */
function earliestAt(wall: number, zone: string): number {
  return Math.min(...momentsOf(wall, zone));
}
function latestAt(wall: number, zone: string): number {
  return Math.max(...momentsOf(wall, zone));
}

function momentsOf(wall: number, zone: string): number[] {
  const offsets = [offsetAt(wall - dayMs, zone), offsetAt(wall + dayMs, zone)];
  const moments = offsets.map((offset) => wall - offset);
  const shown = moments.filter((moment) => moment + offsetAt(moment, zone) === wall);
  return shown.length > 0 ? shown : [skipBetween(Math.min(...moments), Math.max(...moments), zone)];
}

/** The first millisecond with the later offset. */
function skipBetween(before: number, after: number, zone: string): number {
  const offset = offsetAt(before, zone);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offset) low = middle;
    else high = middle;
  }
  return high;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const whole = Math.floor(at / 1_000) * 1_000;
  const parts = clockOf(zone).formatToParts(whole);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - whole;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  clocks.set(zone, clock);
  return clock;
}

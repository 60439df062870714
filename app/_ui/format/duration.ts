import { formatNumber, formatReading, inStyle, noReading } from "./number.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds as a figure whose unit stands elsewhere: 11.24 → "11.2", 1912.3 → "1,912". */
export function formatMs(ms: number | null | undefined): string {
  return formatReading(ms);
}

/** How old something is, one unit: "0.4 s", "14 s", "26 m", "18 h", "5 d". A clock ahead of ours is "0 s". */
export function formatAge(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return noReading;
  const age = Math.max(0, ms);
  if (age < 9.95 * second) return `${inStyle((age / second).toFixed(1))} s`;
  if (age < minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} m`;
  if (age < 2 * day) return `${Math.floor(age / hour)} h`;
  return `${formatNumber(Math.floor(age / day))} d`;
}

/** How long something took or lasts, two units: "340 ms", "14 s", "2 m 10 s", "21 h 50 m", "19 d". */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return noReading;
  const span = Math.max(0, ms);
  if (span < second) return `${Math.round(span)} ms`;
  if (span < minute) return `${formatNumber(span / second, span < 10 * second ? 1 : 0)} s`;
  if (span < hour) return pair(span, { big: minute, bigUnit: "m", small: second, smallUnit: "s" });
  if (span < day) return pair(span, { big: hour, bigUnit: "h", small: minute, smallUnit: "m" });
  if (span < 10 * day) return pair(span, { big: day, bigUnit: "d", small: hour, smallUnit: "h" });
  return `${formatNumber(Math.floor(span / day))} d`;
}

type Steps = { big: number; bigUnit: string; small: number; smallUnit: string };

function pair(span: number, { big, bigUnit, small, smallUnit }: Steps): string {
  const rest = Math.floor((span % big) / small);
  const head = `${Math.floor(span / big)} ${bigUnit}`;
  return rest === 0 ? head : `${head} ${String(rest).padStart(2, "0")} ${smallUnit}`;
}

/** Which clock people read: UTC, or that of their own machine. */
export type Zone = "utc" | "local";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

type Fields = {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
};

/** "03:31:08" */
export function formatClock(at: Date, zone: Zone): string {
  const { hour, minute, second } = fieldsOf(at, zone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** "03:31" */
export function formatMinute(at: Date, zone: Zone): string {
  return formatClock(at, zone).slice(0, 5);
}

/** "14 Jul" */
export function formatDay(at: Date, zone: Zone): string {
  const { day, month } = fieldsOf(at, zone);
  return `${day} ${months[month]}`;
}

/** "14 Jul 2026, 03:11:47.020 UTC" */
export function formatInstant(at: Date, zone: Zone): string {
  const { year } = fieldsOf(at, zone);
  const ms = String(at.getUTCMilliseconds()).padStart(3, "0");
  return `${formatDay(at, zone)} ${year}, ${formatClock(at, zone)}.${ms} ${zoneName(zone)}`;
}

/** The same moment on the other clock, for the second line of a tip: "Tue 05:11 your time". */
export function formatOtherZone(at: Date, zone: Zone): string {
  const other = zone === "utc" ? "local" : "utc";
  const { weekday } = fieldsOf(at, other);
  const whose = other === "local" ? "your time" : "UTC";
  return `${weekdays[weekday]} ${formatMinute(at, other)} ${whose}`;
}

/** "00:31–03:31 UTC" within a day, "13 Jul 22:00 – 14 Jul 03:31 UTC" across days, "15 May – 14 Jul" beyond a week. */
export function formatSpan(from: Date, to: Date, zone: Zone): string {
  const days = [formatDay(from, zone), formatDay(to, zone)];
  if (to.getTime() - from.getTime() > 7 * 86_400_000) return `${days[0]} – ${days[1]}`;
  const times = [formatMinute(from, zone), formatMinute(to, zone)];
  if (days[0] === days[1]) return `${times[0]}–${times[1]} ${zoneName(zone)}`;
  return `${days[0]} ${times[0]} – ${days[1]} ${times[1]} ${zoneName(zone)}`;
}

export function zoneName(zone: Zone): string {
  return zone === "utc" ? "UTC" : "local";
}

function fieldsOf(at: Date, zone: Zone): Fields {
  if (zone === "utc")
    return {
      year: at.getUTCFullYear(),
      month: at.getUTCMonth(),
      day: at.getUTCDate(),
      weekday: at.getUTCDay(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
    };
  return {
    year: at.getFullYear(),
    month: at.getMonth(),
    day: at.getDate(),
    weekday: at.getDay(),
    hour: at.getHours(),
    minute: at.getMinutes(),
    second: at.getSeconds(),
  };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

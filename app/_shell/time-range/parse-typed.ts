import type { Zone } from "../../_ui/format/time.ts";

const relative = /^(?:now)?\s*-\s*(\d{1,6})\s*([smhdwy])$/;
const absolute = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * What a person types, as the address wants it: "now", "-3h", or a time on the clock that is shown. Null = not
 * understood. RFC 3339 with its own zone is taken as it is.
 */
export function parseTyped(text: string, zone: Zone): string | null {
  const typed = text.trim();
  if (typed === "now") return "now";
  const back = relative.exec(typed);
  if (back) return `now-${Number(back[1])}${back[2]}`;
  const fields = absolute.exec(typed);
  if (fields)
    return isoOf(
      fields.slice(1).map((field) => Number(field ?? 0)),
      zone,
    );
  const exact = /T.*(Z|[+-]\d\d:\d\d)$/.test(typed) ? new Date(typed) : null;
  return exact && !Number.isNaN(exact.getTime()) ? exact.toISOString() : null;
}

/** Also refuses dates that do not exist: the 31st of June would become the 1st of July. */
function isoOf(
  [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[],
  zone: Zone,
): string | null {
  const fields = [year, month - 1, day, hour, minute, second] as const;
  const date = zone === "utc" ? new Date(Date.UTC(...fields)) : new Date(...fields);
  const isSame =
    zone === "utc"
      ? date.getUTCMonth() === month - 1 &&
        date.getUTCDate() === day &&
        date.getUTCHours() === hour &&
        date.getUTCMinutes() === minute
      : date.getMonth() === month - 1 && date.getDate() === day && date.getMinutes() === minute;
  return isSame && second < 60 ? date.toISOString() : null;
}

/** The same the other way, for the fields: relative stays, fixed times are written on the shown clock. */
export function formatTyped(text: string, zone: Zone): string {
  if (text.startsWith("now")) return text;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  const shifted = zone === "utc" ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace("T", " ");
}

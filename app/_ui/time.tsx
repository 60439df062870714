"use client";

import { formatAge } from "./format/duration.ts";
import { noReading } from "./format/number.ts";
import { formatClock, formatDay, formatInstant, formatOtherZone, type Zone } from "./format/time.ts";
import { useNow } from "./now.tsx";
import { useZone } from "./zone.ts";

export type TimeForm = "ago" | "clock" | "day" | "instant";

type TimeProps = {
  /** RFC 3339 or epoch ms; null = not known. */
  at: string | number | null;
  form?: TimeForm;
  /** In table rows and inside links: plain text, no button. */
  isQuiet?: boolean;
};

/** A moment: short in the text, exact on hover in both zones, its ISO form copied with a click. */
export function Time({ at, form = "ago", isQuiet }: TimeProps) {
  const zone = useZone();
  if (at === null) return <span className="na">{noReading}</span>;
  const when = new Date(at);
  const iso = when.toISOString();
  const text = form === "ago" ? <Ago at={when} /> : formatted(when, form, zone);
  const tip = `${formatInstant(when, zone)}\n${formatOtherZone(when, zone)}`;
  if (isQuiet)
    return (
      <time className="time" dateTime={iso} data-tip={tip}>
        {text}
      </time>
    );
  return (
    <button type="button" className="time" data-copy={iso} data-tip={`${tip}\nClick to copy`}>
      <time dateTime={iso}>{text}</time>
    </button>
  );
}

function Ago({ at }: { at: Date }) {
  const now = useNow();
  const ms = now - at.getTime();
  return ms < 0 ? `in ${formatAge(-ms)}` : `${formatAge(ms)} ago`;
}

function formatted(when: Date, form: Exclude<TimeForm, "ago">, zone: Zone): string {
  switch (form) {
    case "clock":
      return formatClock(when, zone);
    case "day":
      return formatDay(when, zone);
    case "instant":
      return formatInstant(when, zone);
  }
}

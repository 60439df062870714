"use client";

import type { Weekday } from "../../../server/kernel/time-window.ts";
import { zoneName } from "../../_ui/format/time.ts";
import { Segmented } from "../../_ui/segmented.tsx";
import { TextField } from "../../_ui/text-field.tsx";
import { useZone } from "../../_ui/zone.ts";
import type { ReadDraft, WindowDraft } from "./window-draft.ts";
import { weekdayWords } from "./window-words.ts";

const kinds = [
  { value: "once", label: "Once" },
  { value: "weekly", label: "Each week" },
] as const;
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[];

type WindowFieldsProps = {
  draft: WindowDraft;
  read: ReadDraft;
  onChange: (change: Partial<WindowDraft>) => void;
};

/** When a window takes place: once, or by days, hours and zone with a first and a last day. */
export function WindowFields({ draft, read, onChange }: WindowFieldsProps) {
  const clock = useZone();
  const field = (name: "startsAt" | "endsAt" | "from" | "to" | "firstAt" | "lastAt", label: string) => (
    <TextField
      label={label}
      isMono
      value={draft[name]}
      onChange={(value) => onChange({ [name]: value })}
      problem={read.kind === "problem" && read.field === name ? read.problem : null}
      unit={name === "from" || name === "to" ? "" : zoneName(clock)}
      maxLength={40}
      autoComplete="off"
    />
  );
  return (
    <>
      <Segmented
        label="How often"
        options={kinds}
        value={draft.kind}
        onChange={(kind) => onChange({ kind })}
      />
      {draft.kind === "once" ? (
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(14rem,100%),1fr))] gap-3">
          {field("startsAt", "Begins")}
          {field("endsAt", "Ends")}
        </div>
      ) : (
        <>
          <DayChoice chosen={draft.days} onChange={(days) => onChange({ days })} />
          {read.kind === "problem" && read.field === "days" && (
            <p className="hint t-crit" role="alert">
              {read.problem}
            </p>
          )}
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(10rem,100%),1fr))] gap-3">
            {field("from", "From")}
            {field("to", "To")}
            <ZoneField zone={draft.zone} onChange={(zone) => onChange({ zone })} />
          </div>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(14rem,100%),1fr))] gap-3">
            {field("firstAt", "Not before")}
            {field("lastAt", "Not after")}
          </div>
        </>
      )}
    </>
  );
}

type DayChoiceProps = { chosen: readonly Weekday[]; onChange: (days: Weekday[]) => void };

function DayChoice({ chosen, onChange }: DayChoiceProps) {
  return (
    <fieldset className="seg" aria-label="Days on which it begins">
      {weekdays.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={chosen.includes(day)}
          onClick={() =>
            onChange(
              weekdays.filter((known) => (known === day ? !chosen.includes(day) : chosen.includes(known))),
            )
          }
        >
          {weekdayWords[day]}
        </button>
      ))}
    </fieldset>
  );
}

/** Every zone that the browser knows; typing goes to it. */
function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const zones = new Set(["UTC", zone, ...Intl.supportedValuesOf("timeZone")]);
  return (
    <label className="field">
      <span className="field-label">Time zone</span>
      <select className="input" value={zone} onChange={(event) => onChange(event.currentTarget.value)}>
        {[...zones].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

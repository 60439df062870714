"use client";

import { useState } from "react";
import { parseMoment, resolveTimeRange } from "../../../server/kernel/time-range.ts";
import { Button } from "../../_ui/button.tsx";
import type { Zone } from "../../_ui/format/time.ts";
import { Segmented } from "../../_ui/segmented.tsx";
import { TextField } from "../../_ui/text-field.tsx";
import { formatTyped, parseTyped } from "./parse-typed.ts";
import { presets, type RangeText } from "./presets.ts";

type RangeFormProps = {
  range: RangeText;
  /** The moment that "now" means; null = now. */
  asOf: string | null;
  zone: Zone;
  onZone: (zone: Zone) => void;
  onChoose: (range: RangeText, asOf: string | null) => void;
};

const zones: readonly { value: Zone; label: string }[] = [
  { value: "utc", label: "UTC" },
  { value: "local", label: "Your time" },
];

export function RangeForm({ range, asOf, zone, onZone, onChoose }: RangeFormProps) {
  const [draft, setDraft] = useState({
    from: formatTyped(range.from, zone),
    to: formatTyped(range.to, zone),
    asOf: asOf === null ? "" : formatTyped(asOf, zone),
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const apply = () => {
    const typed = readDraft(draft, zone, new Date());
    if ("field" in typed) setProblem(typed);
    else onChoose(typed.range, typed.asOf);
  };
  return (
    <div className="range-pop">
      <ul className="range-list" aria-label="Presets">
        {presets.map((preset) => (
          <li key={preset.from}>
            <button
              type="button"
              className="menu-i"
              aria-current={preset.from === range.from && range.to === "now" ? "true" : undefined}
              onClick={() => onChoose({ from: preset.from, to: "now" }, asOf)}
            >
              {preset.label}
            </button>
          </li>
        ))}
      </ul>
      <form
        className="range-form"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <TextField
          label="From"
          isMono
          value={draft.from}
          onChange={(from) => setDraft({ ...draft, from })}
          problem={problem?.field === "from" ? problem.words : null}
        />
        <TextField
          label="To"
          isMono
          value={draft.to}
          onChange={(to) => setDraft({ ...draft, to })}
          problem={problem?.field === "to" ? problem.words : null}
          hint={
            <>
              Also <span className="mono">now</span>, <span className="mono">-3h</span>,{" "}
              <span className="mono">-7d</span>
            </>
          }
        />
        <TextField
          label="As of"
          isMono
          placeholder="now"
          value={draft.asOf}
          onChange={(moment) => setDraft({ ...draft, asOf: moment })}
          problem={problem?.field === "asOf" ? problem.words : null}
          hint="The page as it was at this moment"
        />
        <div className="mt-1 flex items-center justify-between">
          <Segmented label="Times in" options={zones} value={zone} onChange={onZone} />
          <Button type="submit" kind="primary" size="small" shortcut="↵">
            Apply
          </Button>
        </div>
      </form>
    </div>
  );
}

type Draft = RangeText & { asOf: string };
type Problem = { field: "from" | "to" | "asOf"; words: string };
type Read = { range: RangeText; asOf: string | null };

/** Understood and sensible, or the field to mend and how. */
function readDraft(draft: Draft, zone: Zone, now: Date): Read | Problem {
  const from = parseTyped(draft.from, zone);
  const to = parseTyped(draft.to, zone);
  const example = "Write 2026-07-14 03:12, or -3h";
  if (from === null) return { field: "from", words: `This is no time. ${example}.` };
  if (to === null) return { field: "to", words: `This is no time. ${example}, or now.` };
  const asOf = draft.asOf.trim() === "" ? "now" : parseTyped(draft.asOf, zone);
  if (asOf === null) return { field: "asOf", words: `This is no time. ${example}, or leave it empty.` };
  try {
    resolveTimeRange({ from, to, ...(asOf !== "now" && { asOf }) }, now);
    return {
      range: { from, to },
      asOf: asOf === "now" ? null : parseMoment(asOf, now, "asOf").toISOString(),
    };
  } catch (error) {
    return { field: "from", words: error instanceof Error ? error.message : "This range cannot be shown." };
  }
}

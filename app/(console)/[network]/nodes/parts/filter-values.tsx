"use client";

import { useState } from "react";
import type { Facet } from "../../../../../server/features/nodes/schema.ts";
import { Checkbox } from "../../../../_ui/checkbox.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { shorten } from "../../../../_ui/format/shorten.ts";

type FilterValuesProps = {
  field: string;
  options: readonly Facet[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
};

const searchableFrom = 9;
const longest = 28;

/** The values of one field, each with the number of nodes that have it. */
export function FilterValues({ field, options, chosen, onToggle }: FilterValuesProps) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
  return (
    <fieldset className="grid min-w-52 gap-px p-1">
      <legend className="menu-h">{field} is any of</legend>
      {options.length >= searchableFrom && (
        <input
          className="input mx-1 mb-1 w-auto"
          aria-label={`Find a ${field}`}
          placeholder={`Find a ${field}`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className="grid max-h-72 gap-px overflow-y-auto">
        {shown.map((option) => (
          <div key={option.value} className="flex min-h-7 items-center gap-4 px-2">
            <span data-tip={option.label.length > longest ? option.label : undefined}>
              <Checkbox
                label={option.label.length > longest ? shorten(option.label, 10, 8) : option.label}
                isChecked={chosen.includes(option.value)}
                onChange={() => onToggle(option.value)}
              />
            </span>
            <span className="dim ml-auto text-11">{formatNumber(option.nodes)}</span>
          </div>
        ))}
        {shown.length === 0 && <p className="dim px-2 py-1">No {field} is known here.</p>}
      </div>
    </fieldset>
  );
}

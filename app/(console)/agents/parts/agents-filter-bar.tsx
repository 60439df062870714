"use client";

import { versionStates } from "../../../../server/features/agents/version-rules.ts";
import { Checkbox } from "../../../_ui/checkbox.tsx";
import { FilterBar } from "../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../_ui/filter-chip.tsx";
import { shorten } from "../../../_ui/format/shorten.ts";
import { SearchField } from "../../../_ui/search-field.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { SelectField } from "../../settings/select-field.tsx";
import type { AgentsFilter } from "../search-params.ts";
import { environmentNames } from "./environment-names.ts";

type AgentsFilterBarProps = {
  filter: AgentsFilter;
  onChange: (change: Partial<AgentsFilter>) => void;
};

const any = "any";
const stateOptions = [
  { value: any, label: "newest in any state" },
  ...versionStates.map((state) => ({ value: state as string, label: `newest ${state}` })),
];
const placeOptions = [any, ...environmentNames].map((value) => ({
  value,
  label: value === any ? "All" : `In ${value}`,
}));

export function AgentsFilterBar({ filter, onChange }: AgentsFilterBarProps) {
  return (
    <FilterBar
      end={
        <Segmented
          label="Runs in"
          value={filter.in ?? any}
          options={placeOptions}
          onChange={(value) => onChange({ in: environmentNames.find((name) => name === value) ?? null })}
        />
      }
    >
      <SearchField
        label="Alias, agent id, description"
        value={filter.q}
        width={232}
        onChange={(q) => onChange({ q })}
      />
      <SelectField
        label="State of the newest version"
        isBare
        isSmall
        value={filter.state ?? any}
        options={stateOptions}
        onChange={(value) => onChange({ state: versionStates.find((state) => state === value) ?? null })}
      />
      {filter.service && (
        <FilterChip
          field="service"
          operator="is"
          value={shorten(filter.service)}
          onRemove={() => onChange({ service: null })}
        />
      )}
      <Checkbox
        label="archived too"
        isChecked={filter.archived}
        onChange={(archived) => onChange({ archived })}
      />
    </FilterBar>
  );
}

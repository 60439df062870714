"use client";

import { networkNames } from "../../../../../server/kernel/networks.ts";
import { FilterBar } from "../../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../../_ui/filter-chip.tsx";
import { SearchField } from "../../../../_ui/search-field.tsx";
import { SelectField } from "../../select-field.tsx";
import type { AuditFilter } from "../search-params.ts";

type AuditFiltersProps = { filter: AuditFilter; onChange: (change: Partial<AuditFilter>) => void };

const all = "all";
const networkOptions = [all, ...networkNames].map((value) => ({
  value,
  label: value === all ? "Everywhere" : value,
}));

/** By what is typed and by network; who, what and which request come from clicks in the rows. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const { q, action, actor, subject, request, net } = filter;
  return (
    <FilterBar>
      <SearchField
        label="Who, what, request"
        value={q ?? ""}
        onChange={(text) => onChange({ q: text.trim() === "" ? null : text })}
      />
      <SelectField
        label="Network"
        isBare
        isSmall
        value={net ?? all}
        options={networkOptions}
        onChange={(value) => onChange({ net: networkNames.find((name) => name === value) ?? null })}
      />
      {action && (
        <FilterChip
          field="did"
          operator={action.endsWith(".") ? "starts with" : "is"}
          value={action}
          onRemove={() => onChange({ action: null })}
        />
      )}
      {actor && (
        <FilterChip field="who" operator="is" value={actor} onRemove={() => onChange({ actor: null })} />
      )}
      {subject && (
        <FilterChip field="what" operator="is" value={subject} onRemove={() => onChange({ subject: null })} />
      )}
      {request && (
        <FilterChip
          field="request"
          operator="is"
          value={request}
          onRemove={() => onChange({ request: null })}
        />
      )}
    </FilterBar>
  );
}

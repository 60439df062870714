"use client";

import { useQuery } from "@tanstack/react-query";
import { runStatuses } from "../../../../../../server/features/runs/run-rules.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { FilterBar } from "../../../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../../../_ui/filter-chip.tsx";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { SearchField } from "../../../../../_ui/search-field.tsx";
import { Segmented } from "../../../../../_ui/segmented.tsx";
import { SelectField } from "../../../../settings/select-field.tsx";
import type { RunsChange, RunsFilter } from "../search-params.ts";

type RunsFiltersProps = { agentId: string; filter: RunsFilter; onChange: (change: RunsChange) => void };

const all = "all";
const slowMs = ["1", "10", "100", "1000"] as const;
const statusOptions = [
  { value: all, label: "All" },
  { value: "finished", label: "Finished" },
  { value: "failed", label: "Failed" },
] as const;

/** By state, version, time and what is typed; instance and vault come from clicks in the rows. */
export function RunsFilters({ agentId, filter, onChange }: RunsFiltersProps) {
  const trpc = useTRPC();
  const { data: versions } = useQuery(trpc.agents.versions.queryOptions({ agentId, limit: 50 }));
  const { status, version, instance, vault, cid, slow } = filter;
  const known = versions?.rows.map((row) => ({ value: row.cid, label: row.semver })) ?? [];
  const isKnown = version === null || known.some(({ value }) => value === version);
  return (
    <FilterBar>
      <SearchField
        label="CID that was read or made"
        width={230}
        value={cid ?? ""}
        onChange={(text) => onChange({ cid: text.trim() === "" ? null : text.trim() })}
      />
      <Segmented
        label="State"
        value={status ?? all}
        options={statusOptions}
        onChange={(value) => onChange({ status: runStatuses.find((one) => one === value) ?? null })}
      />
      <SelectField
        label="Version"
        isBare
        isSmall
        value={version ?? all}
        options={[
          { value: all, label: "Every version" },
          ...known,
          ...(isKnown || version === null ? [] : [{ value: version, label: shorten(version, 10, 4) }]),
        ]}
        onChange={(value) => onChange({ version: value === all ? null : value })}
      />
      <SelectField
        label="Took at least"
        isBare
        isSmall
        value={slow === null ? all : String(slow)}
        options={[
          { value: all, label: "However long" },
          ...slowMs.map((value) => ({ value: String(value), label: `${value} ms and more` })),
          ...(slow === null || slowMs.some((ms) => Number(ms) === slow)
            ? []
            : [{ value: String(slow), label: `${slow} ms and more` }]),
        ]}
        onChange={(value) => onChange({ slow: value === all ? null : Number(value) })}
      />
      {instance && (
        <FilterChip
          field="instance"
          operator="is"
          value={instance}
          onRemove={() => onChange({ instance: null })}
        />
      )}
      {vault && (
        <FilterChip
          field="vault"
          operator="is"
          value={shorten(vault, 8, 4)}
          onRemove={() => onChange({ vault: null })}
        />
      )}
    </FilterBar>
  );
}

"use client";

import { useQueryStates } from "nuqs";
import type { GroupBy } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { FilterBar } from "../../../../_ui/filter-bar.tsx";
import { SearchField } from "../../../../_ui/search-field.tsx";
import { SelectField } from "../../../settings/select-field.tsx";
import { alertsParsers } from "../search-params.ts";
import { OwnerFilter } from "./owner-filter.tsx";
import { SeverityFilter } from "./severity-filter.tsx";

const groupings: readonly { value: GroupBy | ""; label: string }[] = [
  { value: "", label: "Not grouped" },
  { value: "rule", label: "By rule" },
  { value: "subject", label: "By subject" },
  { value: "severity", label: "By severity" },
];

/** What is listed and how it is put together; all of it stands in the address. `shown` says how much there is. */
export function QueueFilters({ network, shown }: { network: NetworkName; shown: string }) {
  const [params, setParams] = useQueryStates(alertsParsers, { history: "push" });
  const { q, owner, severity, by } = params;
  return (
    <FilterBar end={<span className="dim text-12">{shown}</span>}>
      <SearchField
        label="Name or title"
        value={q}
        onChange={(next) => void setParams({ q: next === "" ? null : next }, { history: "replace" })}
      />
      <SeverityFilter
        chosen={severity}
        onChange={(next) => void setParams({ severity: next.length > 0 ? next : null })}
      />
      <OwnerFilter
        network={network}
        chosen={owner}
        onChange={(next) => void setParams({ owner: next === "" ? null : next })}
      />
      <SelectField
        label="Group by"
        isBare
        isSmall
        value={by ?? ""}
        onChange={(next) => void setParams({ by: next === "" ? null : next, in: null, alert: null })}
        options={groupings}
      />
    </FilterBar>
  );
}

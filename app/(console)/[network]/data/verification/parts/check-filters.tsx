"use client";

import { verdictKinds } from "../../../../../../server/features/verification/verification-rules.ts";
import { FilterBar } from "../../../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../../../_ui/filter-chip.tsx";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { SearchField } from "../../../../../_ui/search-field.tsx";
import { Segmented } from "../../../../../_ui/segmented.tsx";
import type { VerificationParams } from "../search-params.ts";

type CheckFiltersProps = {
  params: VerificationParams;
  onChange: (
    change: Partial<{ [Name in keyof VerificationParams]: VerificationParams[Name] | null }>,
  ) => void;
};

const words = {
  all: "All",
  verified: "Verified",
  mismatch: "Mismatch",
  unreachable: "Unreachable",
  unverifiable: "Unverifiable",
} as const;
const verdicts = (["all", ...verdictKinds] as const).map((value) => ({ value, label: words[value] }));

/** By verdict, CID and node. A node is chosen in the table. */
export function CheckFilters({ params: { verdict, cid, node }, onChange }: CheckFiltersProps) {
  return (
    <FilterBar>
      <Segmented
        label="Verdict"
        value={verdict ?? "all"}
        options={verdicts}
        onChange={(value) => onChange({ verdict: value === "all" ? null : value })}
      />
      <SearchField
        label="A whole CID"
        value={cid}
        onChange={(text) => onChange({ cid: text || null })}
        width={260}
      />
      {node !== "" && (
        <FilterChip
          field="node"
          operator="is"
          value={shorten(node, 8, 6)}
          onRemove={() => onChange({ node: null })}
        />
      )}
    </FilterBar>
  );
}

"use client";

import { useState } from "react";
import { operations, statuses } from "../../../../../../server/kernel/cells.ts";
import { parseCid } from "../../../../../../server/kernel/cid/parse-cid.ts";
import { FilterBar } from "../../../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../../../_ui/filter-chip.tsx";
import { SearchField } from "../../../../../_ui/search-field.tsx";
import { SelectField } from "../../../../settings/select-field.tsx";
import type { AccessChange, AccessParams } from "../search-params.ts";

const any = "any";
const options = (words: readonly string[], every: string) => [
  { value: any, label: every },
  ...words.map((value) => ({ value, label: value })),
];
const fields = ["bucket", "cid", "account", "node"] as const;

type AccessFiltersProps = { params: AccessParams; onChange: (change: AccessChange) => void };

/** One field takes a bucket, CID, account or node key and knows which it is. */
export function AccessFilters({ params, onChange }: AccessFiltersProps) {
  const [text, setText] = useState("");
  const take = (typed: string) => {
    const found = recognise(typed.trim());
    setText(found ? "" : typed);
    if (found) onChange(found);
  };
  return (
    <FilterBar>
      <SearchField label="Paste a bucket, CID, account or node" value={text} onChange={take} width={290} />
      <SelectField
        label="Operation"
        isBare
        isSmall
        value={params.operation[0] ?? any}
        options={options(operations, "any operation")}
        onChange={(value) => onChange({ operation: operations.filter((word) => word === value) })}
      />
      <SelectField
        label="Status"
        isBare
        isSmall
        value={params.status[0] ?? any}
        options={options(statuses, "any status")}
        onChange={(value) => onChange({ status: statuses.filter((word) => word === value) })}
      />
      {fields.map((field) => {
        const value = params[field];
        return (
          value && (
            <FilterChip
              key={field}
              field={field}
              operator="is"
              value={value.length > 22 ? `${value.slice(0, 10)}…${value.slice(-6)}` : value}
              onRemove={() => onChange({ [field]: null })}
            />
          )
        );
      })}
    </FilterBar>
  );
}

/** A key of 64 hex digits is a node's; accounts are written as SS58. */
function recognise(text: string): AccessChange | null {
  if (/^\d{1,20}$/.test(text)) return { bucket: text };
  if (/^0x[0-9a-f]{64}$/i.test(text)) return { node: text.toLowerCase() };
  if (/^[1-9A-HJ-NP-Za-km-z]{47,49}$/.test(text)) return { account: text };
  return parseCid(text).kind === "cid" ? { cid: text } : null;
}

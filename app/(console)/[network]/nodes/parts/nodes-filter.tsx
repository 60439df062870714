"use client";

import ChevronRight from "lucide-react/icons/chevron-right";
import Plus from "lucide-react/icons/plus";
import { type ReactNode, useState } from "react";
import type { NodePage } from "../../../../../server/features/nodes/schema.ts";
import { Button } from "../../../../_ui/button.tsx";
import { FilterBar } from "../../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../../_ui/filter-chip.tsx";
import { Icon } from "../../../../_ui/icon.tsx";
import { Popover } from "../../../../_ui/popover.tsx";
import { SearchField } from "../../../../_ui/search-field.tsx";
import type { NodeListParams } from "../search-params.ts";
import {
  chipsOf,
  type FilterField,
  filterFields,
  hasFilter,
  noFilter,
  optionsOf,
  withValue,
} from "./filter-fields.ts";
import { FilterValues } from "./filter-values.tsx";

type NodesFilterProps = {
  params: NodeListParams;
  page: NodePage | undefined;
  onChange: (change: Partial<NodeListParams>) => void;
  end: ReactNode;
};

/** What narrows the list: text, and one chip for each field. All of it is in the address. */
export function NodesFilter({ params, page, onChange, end }: NodesFilterProps) {
  const valuesOf = (field: FilterField) => (
    <FilterValues
      field={field}
      options={page ? optionsOf(field, page) : []}
      chosen={params[field]}
      onToggle={(value) => onChange(withValue(params, field, value))}
    />
  );
  return (
    <FilterBar end={end}>
      <SearchField label="Name, key, provider" value={params.q} onChange={(q) => onChange({ q })} />
      {chipsOf(params, page).map((chip) => (
        <Popover
          key={chip.field}
          label={`Filter by ${chip.field}`}
          trigger={(trigger) => (
            <FilterChip
              {...chip}
              onEdit={trigger.onClick}
              editRef={trigger.ref}
              onRemove={() => onChange({ [chip.field]: [] })}
            />
          )}
        >
          {() => valuesOf(chip.field)}
        </Popover>
      ))}
      <Popover
        label="Add a filter"
        trigger={(trigger) => (
          <Button kind="ghost" size="small" icon={Plus} {...trigger}>
            Filter
          </Button>
        )}
      >
        {() => <AddFilter valuesOf={valuesOf} />}
      </Popover>
      {hasFilter(params) && (
        <Button kind="ghost" size="small" onClick={() => onChange(noFilter)}>
          Clear
        </Button>
      )}
    </FilterBar>
  );
}

/** First which field, then which of its values. */
function AddFilter({ valuesOf }: { valuesOf: (field: FilterField) => ReactNode }) {
  const [field, setField] = useState<FilterField | null>(null);
  if (field) return valuesOf(field);
  return (
    <div className="menu">
      {filterFields.map((name) => (
        <button key={name} type="button" className="menu-i" onClick={() => setField(name)}>
          {name}
          <span className="end">
            <Icon of={ChevronRight} size={12} />
          </span>
        </button>
      ))}
    </div>
  );
}

"use client";

import Plus from "lucide-react/icons/plus";
import { useRouter } from "next/navigation";
import { visibilities } from "../../../../../server/features/inventory/list-rules.ts";
import type { BucketPage } from "../../../../../server/features/inventory/schema.ts";
import { findCid } from "../../../../../server/kernel/cid/parse-cid.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { Button } from "../../../../_ui/button.tsx";
import { FilterBar } from "../../../../_ui/filter-bar.tsx";
import { FilterChip } from "../../../../_ui/filter-chip.tsx";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { Menu, type MenuItem } from "../../../../_ui/menu.tsx";
import { SearchField } from "../../../../_ui/search-field.tsx";
import type { BucketFilter } from "../search-params.ts";
import { KnownLegend } from "./known-letters.tsx";

type Clusters = NonNullable<BucketPage["summary"]>["clusters"];
type Change = Partial<BucketFilter>;
type BucketsFilterProps = {
  network: NetworkName;
  filter: BucketFilter;
  clusters: Clusters;
  onChange: (change: Change) => void;
};

/** What narrows the list. A whole CID in the search field opens its page. */
export function BucketsFilter({ network, filter, clusters, onChange }: BucketsFilterProps) {
  const router = useRouter();
  const search = (text: string) => {
    const cid = findCid(text.trim());
    if (cid) router.push(`/${network}/data/cids/${cid.text}`);
    else onChange({ q: text });
  };
  return (
    <FilterBar
      end={
        <span className="hidden lg:inline">
          <KnownLegend />
        </span>
      }
    >
      <SearchField label="Bucket, owner, CNS name, CID" value={filter.q} onChange={search} width={232} />
      {chipsOf(filter, clusters).map(({ field, label, value }) => (
        <FilterChip
          key={field}
          field={label}
          operator="is"
          value={value}
          onRemove={() => onChange({ [field]: null })}
        />
      ))}
      <Menu label="Add a filter" items={itemsOf(clusters, onChange)}>
        {(trigger) => (
          <Button kind="ghost" size="small" icon={Plus} {...trigger}>
            Filter
          </Button>
        )}
      </Menu>
    </FilterBar>
  );
}

type Chip = { field: keyof BucketFilter; label: string; value: string };

function chipsOf(filter: BucketFilter, clusters: Clusters): Chip[] {
  const chips: Chip[] = [];
  if (filter.owner !== null)
    chips.push({ field: "owner", label: "owner", value: shorten(filter.owner, 8, 6) });
  if (filter.cluster !== null) {
    const known = clusters.find(({ clusterId }) => clusterId === filter.cluster);
    chips.push({ field: "cluster", label: "cluster", value: known?.name ?? shorten(filter.cluster) });
  }
  if (filter.reads !== null) chips.push({ field: "reads", label: "reads", value: wordOf(filter.reads) });
  if (filter.removed !== null) chips.push({ field: "removed", label: "removed", value: filter.removed });
  if (filter.active !== null) chips.push({ field: "active", label: "active in 24 h", value: "yes" });
  return chips;
}

function itemsOf(clusters: Clusters, onChange: (change: Change) => void): MenuItem[] {
  return [
    { kind: "heading", label: "Reads" },
    ...visibilities.map((reads) => ({
      kind: "action" as const,
      label: wordOf(reads),
      onSelect: () => onChange({ reads }),
    })),
    { kind: "separator", id: "activity" },
    { kind: "action", label: "Active in 24 h", onSelect: () => onChange({ active: "yes" }) },
    { kind: "action", label: "Removed", onSelect: () => onChange({ removed: "yes" }) },
    { kind: "action", label: "Removed or not", onSelect: () => onChange({ removed: "any" }) },
    { kind: "heading", label: "Cluster" },
    ...clusters.slice(0, 12).map(({ clusterId, name }) => ({
      kind: "action" as const,
      label: name ?? shorten(clusterId, 8, 6),
      onSelect: () => onChange({ cluster: clusterId }),
    })),
  ];
}

function wordOf(reads: (typeof visibilities)[number]): string {
  return reads === "unregistered" ? "not registered" : reads;
}

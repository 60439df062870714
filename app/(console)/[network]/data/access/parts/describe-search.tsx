import type { RecordPage } from "../../../../../../server/features/access/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import type { EmptyStateProps } from "../../../../../_ui/empty-state.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";

type Ways = { onClear: () => void; onMore?: () => void; isBusy?: boolean };

/** Nothing was found: says in how much, and how far back it was looked. */
export function describeSearch(
  searched: RecordPage["searched"],
  { onClear, onMore, isBusy }: Ways,
): EmptyStateProps {
  const kept = searched.keptSince ? ` Single records are kept since ${searched.keptSince.slice(0, 10)}.` : "";
  return {
    title: searched.isComplete ? "No record fits" : "Nothing yet",
    children: `0 of ${formatNumber(Number(searched.records))} records between ${clock(searched.from)} and ${clock(searched.to)} UTC fit the filter.${kept}`,
    actions: (
      <>
        {onMore && (
          <Button onClick={onMore} isBusy={isBusy ?? false}>
            Search further back
          </Button>
        )}
        <Button onClick={onClear}>Remove all filters</Button>
      </>
    ),
  };
}

function clock(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import type { AlertGroup, AlertView, GroupBy } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { DataTable } from "../../../../_ui/table/data-table.tsx";
import type { Selection } from "../../../../_ui/table/selection.ts";
import { alertsParsers, toListInput } from "../search-params.ts";
import { rowHeight } from "./alert-looks.ts";
import { emptyViews } from "./empty-views.ts";
import { groupColumns } from "./group-columns.tsx";
import { groupName } from "./group-filter.ts";
import { QueueFilters } from "./queue-filters.tsx";
import { ReviewBar } from "./review-bar.tsx";
import { useGroupTarget } from "./use-group-target.ts";

const nothing: Selection = new Set();
const keyOf = (group: AlertGroup) => group.key;

type GroupQueueProps = { network: NetworkName; view: AlertView; by: GroupBy };

/** The alerts of a view put together: a row a group. `x` selects whole groups, the keys of the queue act on them, Enter looks in. */
export function GroupQueue({ network, view, by }: GroupQueueProps) {
  const trpc = useTRPC();
  const [params] = useQueryStates(alertsParsers);
  const search = useSearchParams();
  const [selected, setSelected] = useState(nothing);
  const list = toListInput(network, view, params);
  const query = useInfiniteQuery(
    trpc.alerts.groups.infiniteQueryOptions(
      { ...list, by },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData },
    ),
  );
  // Counts move between two pages: a group that has moved from one to the other is shown once.
  const groups = [
    ...new Map(query.data?.pages.flatMap(({ rows }) => rows).map((row) => [row.key, row])).values(),
  ];
  const isFiltered = params.q !== "" || params.owner !== "" || params.severity.length > 0;
  const chosen = groups.filter(({ key }) => selected.has(key));
  const target = useGroupTarget({ list, by, groups: chosen });
  const columns = useMemo(() => groupColumns(by, search), [by, search]);
  return (
    <>
      <QueueFilters network={network} shown={shownWords(groups, query.hasNextPage)} />
      <ReviewBar
        network={network}
        view={view}
        target={chosen.length > 0 ? target : null}
        selected={chosen.length}
        names={chosen.map((group) => `${groupName(by, group)} (${formatNumber(group.alerts)})`).join(", ")}
        onClear={() => setSelected(nothing)}
      />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <DataTable
          label="Groups of alerts"
          columns={columns}
          rows={groups}
          rowKey={keyOf}
          rowLabel={(group) => `${groupName(by, group)}, ${group.alerts} alerts`}
          rowHeight={rowHeight}
          selected={selected}
          onSelected={setSelected}
          state={queryState(query, "the groups", () =>
            groups.length > 0 ? null : emptyViews[isFiltered ? "filtered" : view],
          )}
          onNearEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          }}
        />
      </div>
    </>
  );
}

function shownWords(groups: readonly AlertGroup[], hasMore: boolean): string {
  const alerts = groups.reduce((sum, group) => sum + group.alerts, 0);
  const words = `${formatNumber(alerts)} alerts in ${formatNumber(groups.length)} groups`;
  return hasMore ? `${words}, and more` : words;
}

"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { Alert, AlertView } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import type { PanelState } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { DataTable } from "../../../../_ui/table/data-table.tsx";
import type { Selection } from "../../../../_ui/table/selection.ts";
import { alertsParsers, toListInput } from "../search-params.ts";
import { alertColumns } from "./alert-columns.tsx";
import { rowHeight } from "./alert-looks.ts";
import { AlertPeek } from "./alert-peek.tsx";
import { emptyViews } from "./empty-views.ts";
import { type ChosenGroup, GroupHead } from "./group-head.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { ReviewBar } from "./review-bar.tsx";
import { targetOfAlerts } from "./review-target.ts";

const nobody: Selection = new Set();
const keyOf = (alert: Alert) => alert.id;
const labelOf = (alert: Alert) => `${alert.title}, ${alert.subject.name}`;
type AlertQueueProps = { network: NetworkName; view: AlertView; group: ChosenGroup | null };

/** One view of the alerts, or a group of it: rows stay in order, the peek shows one, keys act on what is selected or shown. */
export function AlertQueue({ network, view, group }: AlertQueueProps) {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(alertsParsers, { history: "push" });
  const [selected, setSelected] = useState(nobody);
  const list = toListInput(network, view, params);
  const query = useInfiniteQuery(
    trpc.alerts.list.infiniteQueryOptions(
      { ...list, ...group?.filter },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData },
    ),
  );
  const alerts = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const opened = alerts.findIndex(({ id }) => id === params.alert);
  const openAt = (index: number) => {
    const id = alerts[index]?.id;
    return id === undefined ? undefined : () => void setParams({ alert: id }, { history: "replace" });
  };
  const isFiltered = group !== null || params.q !== "" || params.owner !== "" || params.severity.length > 0;
  const state: PanelState = queryState(query, "the alerts", () =>
    alerts.length > 0 ? null : emptyViews[isFiltered ? "filtered" : view],
  );
  const chosen = alerts.filter(({ id }) => selected.has(id));
  const openedAlert = alerts[opened];
  const acted = chosen.length > 0 ? chosen : openedAlert ? [openedAlert] : [];
  return (
    <>
      <QueueFilters
        network={network}
        shown={`${formatNumber(alerts.length)}${query.hasNextPage ? " of more" : ""} shown`}
      />
      {group && <GroupHead network={network} view={view} list={list} group={group} />}
      <ReviewBar
        network={network}
        view={view}
        target={acted.length > 0 ? targetOfAlerts(acted) : null}
        selected={chosen.length}
        names={chosen.map(({ subject }) => subject.name).join(", ")}
        onClear={() => setSelected(nobody)}
      />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <DataTable
          label="Alerts"
          columns={alertColumns}
          rows={alerts}
          rowKey={keyOf}
          rowLabel={labelOf}
          rowHeight={rowHeight}
          selected={selected}
          onSelected={setSelected}
          peeked={params.alert}
          onPeek={(alert) => void setParams({ alert })}
          state={state}
          onNearEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          }}
        />
      </div>
      {params.alert !== null && (
        <AlertPeek
          key={params.alert}
          network={network}
          id={params.alert}
          place={opened < 0 ? null : `${opened + 1} of ${alerts.length}`}
          onClose={() => void setParams({ alert: null })}
          onPrevious={openAt(opened - 1)}
          onNext={opened < 0 ? undefined : openAt(opened + 1)}
        />
      )}
    </>
  );
}

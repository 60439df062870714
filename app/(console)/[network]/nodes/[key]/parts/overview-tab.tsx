"use client";

import type { NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import {
  CpuMemoryPanel,
  DiskReadPanel,
  ErrorsPanel,
  NetworkPanel,
  OperationsPanel,
} from "./chart-panels.tsx";
import { ChartsBar } from "./charts-bar.tsx";
import { EventList } from "./event-list.tsx";
import { ForecastPanel } from "./forecast-panel.tsx";
import { LatencyPanel } from "./latency-panel.tsx";
import { ProvisioningPanel } from "./provisioning-panel.tsx";
import { RiskPanel } from "./risk-panel.tsx";
import { useCharts } from "./use-charts.ts";
import { ViewsPanel } from "./views-panel.tsx";

/** The node at a glance: what three sources say, how near a penalty is, and what it did in the range. */
export function OverviewTab({ network, detail }: { network: NetworkName; detail: NodeDetail }) {
  const { context, bar, eventsQuery } = useCharts(network, detail);
  return (
    <>
      <Sheet columns="minmax(0, 838fr) minmax(0, 393fr)">
        <ViewsPanel detail={detail} host={context.host.data ?? null} />
        <div className="grid grid-rows-[1fr_auto] gap-px">
          <RiskPanel detail={detail} />
          <ProvisioningPanel detail={detail} />
        </div>
      </Sheet>
      <ChartsBar {...bar} />
      <Sheet columns="minmax(0, 430fr) minmax(0, 802fr)">
        <OperationsPanel context={context} />
        <LatencyPanel context={context} limits={detail.limits} />
      </Sheet>
      <Sheet columns="repeat(3, minmax(0, 1fr))">
        <ErrorsPanel context={context} />
        <DiskReadPanel context={context} limits={detail.limits} />
        <CpuMemoryPanel context={context} />
        <NetworkPanel context={context} />
        <ForecastPanel network={network} nodeKey={detail.node.key} areTables={context.areTables} />
        <QueryPanel
          query={eventsQuery}
          what="events"
          title="Events"
          sub="of this range"
          isFlush
          staleAfterMs={90_000}
          emptyWhen={({ rows }) =>
            rows.length > 0
              ? null
              : {
                  title: "Nothing happened",
                  children: "Silences, missed probes and changes of this node in the range are listed here.",
                }
          }
        >
          {({ rows }) => <EventList events={rows.slice(0, 6)} isCompact />}
        </QueryPanel>
      </Sheet>
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import type { DashboardDetail } from "../../../../../server/features/dashboards/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../_shell/crumb-label.ts";
import { withTime } from "../../../../_shell/place.ts";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Tabs } from "../../../../_ui/tabs.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { DashboardPanel } from "./parts/dashboard-panel.tsx";
import { GrafanaBadge, GrafanaNote } from "./parts/grafana-note.tsx";
import { toBands } from "./parts/to-bands.ts";
import { VariableBar } from "./parts/variable-bar.tsx";
import { dashboardParsers, toVariables } from "./search-params.ts";

type DashboardViewProps = { network: NetworkName; uid: string };

/** One dashboard of those that ship: its stored questions, asked and drawn by the console itself. */
export function DashboardView({ network, uid }: DashboardViewProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.dashboards.list.queryOptions({ network }, { refetchInterval: 15_000 }));
  const dashboard = useQuery(trpc.dashboards.get.queryOptions({ network, uid }));
  const search = useSearchParams();
  const [{ var: chosen }, setParams] = useQueryStates(dashboardParsers, { history: "push" });
  useCrumbLabel(dashboard.data?.title ?? null);
  return (
    <>
      <PageHead
        title={dashboard.data?.title ?? "Dashboard"}
        badge={list.data && <GrafanaBadge state={list.data.grafana} />}
        what={<WhatDashboardsAre />}
        meta={dashboard.data && <span className="whitespace-normal">{dashboard.data.description}</span>}
      />
      {list.data && (
        <Tabs
          label="Dashboards"
          tabs={list.data.rows.map((row) => ({
            href: withTime(`/${network}/dashboards/${row.uid}`, search),
            label: row.title,
            count: String(row.panels),
            isCurrent: row.uid === uid,
          }))}
        />
      )}
      {list.data && (
        <GrafanaNote
          state={list.data.grafana}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      )}
      {dashboard.data ? (
        <>
          <VariableBar
            variables={dashboard.data.variables}
            chosen={chosen}
            onChange={(next) => void setParams({ var: next })}
          />
          <Bands network={network} dashboard={dashboard.data} chosen={chosen} />
        </>
      ) : (
        <Sheet>
          <Panel title="Panels" state={queryState(dashboard, "dashboard")} />
        </Sheet>
      )}
    </>
  );
}

type BandsProps = { network: NetworkName; dashboard: DashboardDetail; chosen: readonly string[] };

function Bands({ network, dashboard, chosen }: BandsProps) {
  const variables = toVariables(chosen);
  return toBands(dashboard.panels).map((band) => (
    <Sheet
      key={band.y}
      columns={band.panels.map(({ grid }) => `minmax(0, ${grid.w}fr)`).join(" ")}
      hasFigures={band.isFigures}
    >
      {band.panels.map((panel) => (
        <DashboardPanel
          key={panel.id}
          network={network}
          dashboard={dashboard}
          panel={panel}
          variables={variables}
        />
      ))}
    </Sheet>
  ));
}

function WhatDashboardsAre() {
  return (
    <WhatIsThis title="a dashboard" doc="dashboards">
      <p>
        Panels with stored questions, from the files that Grafana is provisioned with too. The console asks
        the same questions on the same views and draws the answers itself.
      </p>
    </WhatIsThis>
  );
}

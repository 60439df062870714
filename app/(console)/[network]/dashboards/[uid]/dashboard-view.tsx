"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../_shell/crumb-label.ts";
import { withTime } from "../../../../_shell/place.ts";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { Tabs } from "../../../../_ui/tabs.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { DashboardBody } from "./parts/dashboard-body.tsx";
import { GrafanaBadge } from "./parts/grafana-note.tsx";
import { VariableBar } from "./parts/variable-bar.tsx";
import { dashboardParsers, toVariables } from "./search-params.ts";

type DashboardViewProps = { network: NetworkName; uid: string };

/** One dashboard of those that ship, by Grafana where it is there, else by the console itself. */
export function DashboardView({ network, uid }: DashboardViewProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.dashboards.list.queryOptions({ network }));
  const dashboard = useQuery(trpc.dashboards.get.queryOptions({ network, uid }));
  const search = useSearchParams();
  const [{ var: chosen }, setParams] = useQueryStates(dashboardParsers, { history: "push" });
  const variables = useMemo(() => toVariables(chosen), [chosen]);
  useLiveInvalidation(network);
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
      {dashboard.data && (
        <VariableBar
          variables={dashboard.data.variables}
          chosen={chosen}
          onChange={(next) => void setParams({ var: next })}
        />
      )}
      <DashboardBody network={network} uid={uid} variables={variables} />
    </>
  );
}

function WhatDashboardsAre() {
  return (
    <WhatIsThis title="a dashboard" doc="dashboards">
      <p>
        Panels with stored questions, from the files that Grafana is provisioned with too. Where a Grafana is
        there, it shows them here; else the console asks the same questions on the same views and draws the
        answers itself.
      </p>
    </WhatIsThis>
  );
}

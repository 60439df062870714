"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { AlertView } from "../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { useHydrated } from "../../../_ui/use-hydrated.ts";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { AlertQueue } from "./parts/alert-queue.tsx";
import { AlertTabs } from "./parts/alert-tabs.tsx";
import { DeliveriesPanel } from "./parts/deliveries-panel.tsx";
import { groupFilterOf } from "./parts/group-filter.ts";
import { GroupQueue } from "./parts/group-queue.tsx";
import { MaintenanceBanner } from "./parts/maintenance-banner.tsx";
import { MaintenancePanel } from "./parts/maintenance-panel.tsx";
import { RoutesView } from "./parts/routes-view.tsx";
import { RulesPanel } from "./parts/rules-panel.tsx";
import { SeverityCounts } from "./parts/severity-counts.tsx";
import { SilencesPanel } from "./parts/silences-panel.tsx";
import { alertsParsers, isAlertView } from "./search-params.ts";

/** An evaluator that stands still sends no notice of it. */
const askEveryMs = 10_000;

/** What waits for somebody on a network, what is being looked after, and by which rules. */
export function AlertsView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const [{ tab }] = useQueryStates(alertsParsers);
  const { data } = useQuery(trpc.alerts.counts.queryOptions({ network }, { refetchInterval: askEveryMs }));
  // The navigation asks for the same, and may know newer ones before this page's code is there.
  const counts = useHydrated() ? data : undefined;
  const { data: sending } = useQuery(trpc.notify.health.queryOptions({ network }));
  return (
    <div className="page-fill">
      <PageHead
        title="Alerts"
        what={<WhatAlertsAre />}
        meta={
          counts && (
            <>
              <SeverityCounts counts={counts.bySeverity} />
              {counts.forgotten > 0 && (
                <Link className="lk" href={`/${network}/alerts?tab=silences`}>
                  {counts.forgotten === 1 ? "1 forgotten silence" : `${counts.forgotten} forgotten silences`}
                </Link>
              )}
            </>
          )
        }
      />
      <AlertTabs network={network} tab={tab} counts={counts} />
      {counts?.dead && (
        <Banner tone="crit" title="Alerts cannot be trusted.">
          {counts.dead} An empty queue means nothing until this has passed.
        </Banner>
      )}
      {sending?.stuck && (
        <Banner tone="crit" title="Nobody is told.">
          {sending.stuck} Acknowledge here; the people whom routes name hear nothing.
        </Banner>
      )}
      {isAlertView(tab) && <MaintenanceBanner network={network} />}
      {tab === "rules" && <RulesPanel network={network} />}
      {tab === "silences" && <SilencesPanel network={network} />}
      {tab === "maintenance" && <MaintenancePanel network={network} />}
      {tab === "routes" && <RoutesView network={network} />}
      {tab === "deliveries" && <DeliveriesPanel network={network} />}
      {isAlertView(tab) && <Review key={tab} network={network} view={tab} />}
    </div>
  );
}

/** Alerts one by one, groups of them, or one group. */
function Review({ network, view }: { network: NetworkName; view: AlertView }) {
  const [{ by, in: key }] = useQueryStates(alertsParsers);
  if (by === null) return <AlertQueue network={network} view={view} group={null} />;
  const filter = key === null ? null : groupFilterOf(by, key);
  return key === null || filter === null ? (
    <GroupQueue key={by} network={network} view={view} by={by} />
  ) : (
    <AlertQueue key={`${by} ${key}`} network={network} view={view} group={{ by, key, filter }} />
  );
}

function WhatAlertsAre() {
  return (
    <WhatIsThis title="Alerts">
      <p>
        Every 10 s the rules of this network look at what its nodes, Kafka topics and indexers reported. A
        figure that is over its limit for as long as the rule asks fires; it resolves after a minute within
        the limit.
      </p>
      <p>
        The list can be grouped by rule, subject or severity: what is done with a group is done with all that
        is in it, and each alert that could not be changed is named.
      </p>
      <p>
        Acknowledging takes an alert out of the queue and says who looks after it. A silence always has an
        end.
      </p>
    </WhatIsThis>
  );
}

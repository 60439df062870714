import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { DashboardDetail } from "../../../../../../server/features/dashboards/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { DashboardPanel } from "./dashboard-panel.tsx";
import { toBands } from "./to-bands.ts";

export type BandsProps = {
  network: NetworkName;
  dashboard: DashboardDetail;
  variables: Record<string, string[]>;
};

/** Of Grafana's grid: figures and the first charts. */
const firstRows = 12;
/** The others do not wait for one that is slow. */
const restMs = 2_000;

/** Every panel of a dashboard as the console draws it, in the file's order; what is seen first is asked first. */
export function DashboardBands({ network, dashboard, variables }: BandsProps) {
  const isRestAsked = useFirstAnswered();
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
          isAsked={isRestAsked || band.y < firstRows}
        />
      ))}
    </Sheet>
  ));
}

/** True for good once no panel waits for an answer. Its effect runs after the panels' own, which ask. */
function useFirstAnswered(): boolean {
  const client = useQueryClient();
  const filter = useTRPC().dashboards.panel.pathFilter();
  const asking = useIsFetching(filter);
  const [isAnswered, setAnswered] = useState(false);
  useEffect(() => {
    // What the hook has counted may be older than what the panels have just begun.
    if (asking === 0 && client.isFetching(filter) === 0) setAnswered(true);
  }, [asking, client, filter]);
  useEffect(() => {
    const late = setTimeout(() => setAnswered(true), restMs);
    return () => clearTimeout(late);
  }, []);
  return isAnswered;
}

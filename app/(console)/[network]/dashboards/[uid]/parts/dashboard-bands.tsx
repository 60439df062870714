import type { DashboardDetail } from "../../../../../../server/features/dashboards/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { DashboardPanel } from "./dashboard-panel.tsx";
import { toBands } from "./to-bands.ts";

export type BandsProps = {
  network: NetworkName;
  dashboard: DashboardDetail;
  variables: Record<string, string[]>;
};

/** Every panel of a dashboard as the console draws it, in the file's order. */
export function DashboardBands({ network, dashboard, variables }: BandsProps) {
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

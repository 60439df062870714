import { useMemo } from "react";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { DashboardBody } from "../../../dashboards/[uid]/parts/dashboard-body.tsx";

/** The dashboard of one node, on this page's time range. */
export function DashboardTab({ network, nodeKey }: { network: NetworkName; nodeKey: string }) {
  const variables = useMemo(() => ({ node: [nodeKey] }), [nodeKey]);
  return <DashboardBody network={network} uid="cere-node" variables={variables} />;
}

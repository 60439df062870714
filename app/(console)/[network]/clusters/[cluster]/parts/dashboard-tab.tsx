import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { DashboardBody } from "../../../dashboards/[uid]/parts/dashboard-body.tsx";

type DashboardTabProps = { network: NetworkName; clusterId: string; name: string | null };

const uid = "cere-clusters";

/** The dashboard of one cluster. The views know it by the name that its nodes report, or by the start of its id. */
export function DashboardTab({ network, clusterId, name }: DashboardTabProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.dashboards.get.queryOptions({ network, uid }));
  const names = data?.variables.find((variable) => variable.name === "cluster")?.options;
  const known = names?.find((option) => option === name || option === clusterId.slice(0, 10));
  const variables = useMemo(() => ({ cluster: known === undefined ? [] : [known] }), [known]);
  if (known !== undefined || names === undefined)
    return <DashboardBody network={network} uid={uid} variables={variables} />;
  return (
    <Sheet>
      <Panel title="Dashboard" state={unknown} />
    </Sheet>
  );
}

const unknown = {
  kind: "empty",
  title: "No figures of this cluster",
  children: "The views behind dashboards know it by no name: no node has told of it yet.",
} as const;

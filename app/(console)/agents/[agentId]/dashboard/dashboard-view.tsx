"use client";

import { useMemo } from "react";
import { usePlace } from "../../../../_shell/use-place.ts";
import { DashboardBody } from "../../../[network]/dashboards/[uid]/parts/dashboard-body.tsx";
import { aliasOf, serviceOf } from "../../agent-href.ts";
import { EnvironmentBar } from "../parts/environment-bar.tsx";
import { useEnvironment } from "../parts/use-place-of-agent.ts";

/** An agent belongs to no network: its dashboard is asked of the one that the person came from. */
export function AgentDashboardView({ agentId }: { agentId: string }) {
  const { network } = usePlace();
  const [environment, setEnvironment] = useEnvironment();
  const variables = useMemo(
    () => ({
      agent: [`${aliasOf(agentId)} (${serviceOf(agentId).slice(0, 6)})`],
      environment: [environment],
    }),
    [agentId, environment],
  );
  return (
    <>
      <EnvironmentBar environment={environment} onChange={(next) => void setEnvironment(next)} />
      <DashboardBody network={network} uid="cere-agents" variables={variables} />
    </>
  );
}

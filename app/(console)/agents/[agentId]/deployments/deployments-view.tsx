"use client";

import { useQuery } from "@tanstack/react-query";
import type { DeploymentView } from "../../../../../server/features/deployments/schema.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Banner } from "../../../../_ui/banner.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { agentHref } from "../../agent-href.ts";
import { FreezeBanner } from "../../parts/freeze-banner.tsx";
import { EnvironmentBar } from "../parts/environment-bar.tsx";
import { InstancesPanel } from "../parts/instances-panel.tsx";
import { useEnvironment } from "../parts/use-place-of-agent.ts";
import { DraftSection } from "./parts/draft-section.tsx";
import { HistoryPanel } from "./parts/history-panel.tsx";
import { ProposalBanner } from "./parts/proposal-banner.tsx";

/** The SET of an agent in one environment: what is in force, a draft against it, and every SET before. */
export function DeploymentsView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const [environment, setEnvironment] = useEnvironment();
  const query = useQuery(trpc.deployments.get.queryOptions({ agentId, environment }));
  const deployment = query.data;
  return (
    <>
      <EnvironmentBar
        environment={environment}
        onChange={(next) => void setEnvironment(next)}
        end={<WhatASetIs />}
      >
        {deployment && <InForce deployment={deployment} />}
      </EnvironmentBar>
      <FreezeBanner environment={environment} />
      {deployment ? (
        <Deployment deployment={deployment} />
      ) : (
        <Sheet>
          <QueryPanel title="Records" query={query} what="the SET">
            {() => null}
          </QueryPanel>
        </Sheet>
      )}
    </>
  );
}

function Deployment({ deployment }: { deployment: DeploymentView }) {
  const { environment, generation } = deployment;
  return (
    <>
      <Holds deployment={deployment} />
      {deployment.proposal && <ProposalBanner deployment={deployment} proposal={deployment.proposal} />}
      <DraftSection key={`${environment} ${generation}`} deployment={deployment} />
      <Sheet columns="3fr 2fr">
        <HistoryPanel deployment={deployment} />
        <InstancesPanel deployment={deployment} />
      </Sheet>
    </>
  );
}

function InForce({ deployment: { generation, appliedAt } }: { deployment: DeploymentView }) {
  if (generation === 0 || appliedAt === null) return <>nothing was deployed here yet</>;
  return (
    <>
      SET {generation} in force since <Time at={appliedAt} form="instant" />
    </>
  );
}

/** What keeps parts of the SET from being changed here. */
function Holds({ deployment }: { deployment: DeploymentView }) {
  const { agentId, environment, rollout, held, lock } = deployment;
  const href = `${agentHref(agentId, "rollouts")}?env=${environment}`;
  return (
    <>
      {rollout && (
        <Banner
          tone="info"
          title={`Rollout ${rollout} is under way.`}
          actions={<LinkButton href={href}>Open rollout</LinkButton>}
        >
          {held.length > 0
            ? `It holds ${held.join(" and ")}; other records can be changed meanwhile.`
            : "It brings the first record."}
        </Banner>
      )}
      {lock && (
        <Banner
          tone="warn"
          title="Nothing new is rolled out here."
          actions={<LinkButton href={href}>Open rollouts</LinkButton>}
        >
          Rolled back: {lock.reason}
        </Banner>
      )}
    </>
  );
}

function WhatASetIs() {
  return (
    <WhatIsThis title="Deployment SET">
      <p>
        All records of an agent in an environment, applied as a whole. An event gets the record with the
        lowest priority whose targeting fits; within a priority weights decide, and the same vault always gets
        the same answer. A record that is left out is gone.
      </p>
      <p>In prod one person proposes a SET, and a second one puts it in force.</p>
    </WhatIsThis>
  );
}

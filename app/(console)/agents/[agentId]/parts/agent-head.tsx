import Upload from "lucide-react/icons/upload";
import type { Agent } from "../../../../../server/features/agents/schema.ts";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { Badge } from "../../../../_ui/badge.tsx";
import { Id } from "../../../../_ui/id.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { aliasOf, serviceOf } from "../../agent-href.ts";
import { agentState } from "./agent-state.ts";

type AgentHeadProps = {
  agentId: string;
  agent: Agent | undefined;
  places: readonly PlaceSummary[] | undefined;
};

export function AgentHead({ agentId, agent, places }: AgentHeadProps) {
  return (
    <PageHead
      title={aliasOf(agentId)}
      badge={agent && places && <StateBadge agent={agent} places={places} />}
      what={<WhatAnAgentIs />}
      actions={
        <LinkButton icon={Upload} href={`/agents/upload?service=${serviceOf(agentId)}`}>
          Upload a version
        </LinkButton>
      }
      meta={
        <>
          <Id value={agentId} what="agent id" head={10} tail={aliasOf(agentId).length + 1} showCopy />
          {agent && agent.description !== "" && <span className="truncate">{agent.description}</span>}
        </>
      }
    />
  );
}

function StateBadge({ agent, places }: { agent: Agent; places: readonly PlaceSummary[] }) {
  const { word, ...look } = agentState(agent, places);
  return <Badge {...look}>{word}</Badge>;
}

function WhatAnAgentIs() {
  return (
    <WhatIsThis title="Agent">
      <p>
        Code that works on events of vaults: a bundle with a manifest. Its id is the key of its agent service
        and its alias. A version is the CID of what was uploaded, so the same files are the same version
        everywhere.
      </p>
      <p>
        Uploading registers a version and runs nothing. What runs where says the deployment SET of each
        environment; the states draft, validated, deployed, deprecated and archived are this console’s own.
      </p>
    </WhatIsThis>
  );
}

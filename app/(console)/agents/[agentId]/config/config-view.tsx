"use client";

import { useQuery } from "@tanstack/react-query";
import type { ConfigView as Config } from "../../../../../server/features/agent-config/schema.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { EmptyState } from "../../../../_ui/empty-state.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { agentHref } from "../../agent-href.ts";
import { EnvironmentBar } from "../parts/environment-bar.tsx";
import { useEnvironment } from "../parts/use-place-of-agent.ts";
import { DraftPanel } from "./parts/draft-panel.tsx";
import { InstancesPanel } from "./parts/instances-panel.tsx";
import { ProposalBanner } from "./parts/proposal-banner.tsx";
import { RevisionsPanel } from "./parts/revisions-panel.tsx";
import { SecretsPanel } from "./parts/secrets-panel.tsx";
import { SettingsPanel } from "./parts/settings-panel.tsx";
import { useConfigDraft } from "./parts/use-config-draft.ts";

/** What an agent is set to in one environment: a form by its manifest, who runs it, and every revision before. */
export function ConfigView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const [environment, setEnvironment] = useEnvironment();
  const query = useQuery(trpc.agentConfig.get.queryOptions({ agentId, environment }));
  const config = query.data;
  return (
    <>
      <EnvironmentBar
        environment={environment}
        onChange={(next) => void setEnvironment(next)}
        end={<WhatConfigIs />}
      >
        {config && <InForce config={config} />}
      </EnvironmentBar>
      {config ? (
        <ConfigOf key={`${environment} ${config.revision}`} config={config} readAt={query.dataUpdatedAt} />
      ) : (
        <Sheet>
          <QueryPanel title="Settings" query={query} what="the configuration">
            {() => null}
          </QueryPanel>
        </Sheet>
      )}
    </>
  );
}

function ConfigOf({ config, readAt }: { config: Config; readAt: number }) {
  const draft = useConfigDraft(config);
  if (config.fields.length + config.secretFields.length + config.revision === 0)
    return <NothingToSet config={config} />;
  return (
    <>
      {config.proposal && <ProposalBanner config={config} proposal={config.proposal} />}
      <Sheet columns="minmax(0, 1fr) minmax(0, 520px)">
        <div className="grid grid-rows-[auto_1fr] gap-px">
          <SettingsPanel config={config} draft={draft} />
          <SecretsPanel config={config} draft={draft} />
        </div>
        <div className="grid grid-rows-[auto_auto_1fr] gap-px">
          <DraftPanel config={config} draft={draft} />
          <InstancesPanel config={config} readAt={readAt} />
          <RevisionsPanel config={config} />
        </div>
      </Sheet>
    </>
  );
}

function InForce({ config: { revision, applied, isDeployed } }: { config: Config }) {
  return (
    <>
      {applied === null ? (
        "nothing is set: manifests' defaults hold"
      ) : (
        <>
          rev {revision} in force since <Time at={applied.at} form="instant" />, {applied.by}
        </>
      )}
      {!isDeployed && ", and no version runs here yet"}
    </>
  );
}

function NothingToSet({ config: { agentId, typedBy } }: { config: Config }) {
  const versions = typedBy.map(({ semver }) => semver).join(" and ");
  return (
    <EmptyState
      isPage
      title="Nothing can be set"
      actions={<LinkButton href={agentHref(agentId, "versions")}>Look at its manifests</LinkButton>}
    >
      {versions === ""
        ? "This agent has no version yet. The manifest of one says what can be set while it runs."
        : `${versions} declares no setting. What a manifest names under “settings” is set here, while it runs.`}
    </EmptyState>
  );
}

function WhatConfigIs() {
  return (
    <WhatIsThis title="Hot configuration">
      <p>
        What the manifests of the versions that run here declare under “settings”. A revision holds for all of
        them, reaches running instances without a restart, and each says when it has it.
      </p>
      <p>
        Secrets are sealed for the runtimes of the environment: the console stores them, and cannot read them
        back. In prod one person proposes, and a second one puts it in force.
      </p>
    </WhatIsThis>
  );
}

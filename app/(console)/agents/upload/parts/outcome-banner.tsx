"use client";

import type { UploadOutcome } from "../../../../../server/features/agents/schema.ts";
import { Banner } from "../../../../_ui/banner.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { agentHref, aliasOf } from "../../agent-href.ts";
import { useDeployToDev } from "../../parts/use-deploy-to-dev.ts";

/** What became of it, and the way on. */
export function OutcomeBanner({ outcome }: { outcome: UploadOutcome }) {
  if (outcome.kind === "faulty")
    return (
      <Banner tone="crit" title="The manifest has faults.">
        Nothing was kept. Mend it at the places below and drop the bundle again.
      </Banner>
    );
  return <Registered kind={outcome.kind} version={outcome.version} />;
}

type RegisteredProps = Exclude<UploadOutcome, { kind: "faulty" }>;

function Registered({ kind, version }: RegisteredProps) {
  const deploy = useDeployToDev(version);
  const name = `${aliasOf(version.agentId)} ${version.semver}`;
  const isNew = kind === "registered";
  return (
    <Banner
      tone="info"
      title={isNew ? `${name} is registered.` : `The same content is registered already, as ${name}.`}
      actions={
        <>
          <Button size="small" refused={deploy.refusal} isBusy={deploy.isBusy} onClick={deploy.run}>
            Deploy to dev
          </Button>
          <LinkButton size="small" href={agentHref(version.agentId)}>
            Open the agent
          </LinkButton>
        </>
      }
    >
      It runs nowhere by that. The state is {version.state}.
    </Banner>
  );
}

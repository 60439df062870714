"use client";

import { useQuery } from "@tanstack/react-query";
import type { DeploymentView } from "../../../../../../server/features/deployments/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";

type DryRunPanelProps = {
  deployment: DeploymentView;
  records: Parameters<typeof JSON.stringify>[0];
  isReady: boolean;
};

/** Who would get what. */
export function DryRunPanel(props: DryRunPanelProps) {
  return props.isReady ? (
    <ReadyDryRun {...props} />
  ) : (
    <Panel
      title="Dry run"
      state={{
        kind: "empty",
        title: "No draft to try",
        children: "A draft without errors is tried on recent events; nothing is executed.",
      }}
    />
  );
}

function ReadyDryRun({ deployment, records }: DryRunPanelProps) {
  const { agentId, environment, versions, generation } = deployment;
  const trpc = useTRPC();
  const query = useQuery(
    trpc.deployments.dryRun.queryOptions({ agentId, environment, records }, { refetchInterval: false }),
  );
  const semverOf = (cid: string | null) => versions.find((version) => version.cid === cid)?.semver ?? "none";
  return (
    <QueryPanel
      title="Dry run"
      sub={query.data && `${formatNumber(query.data.events)} recorded jobs; nothing is executed`}
      query={query}
      what="the dry run"
      isFlush
      emptyWhen={({ events }) =>
        events === 0 ? { title: "No event to try it on", children: "Nothing was recorded here yet." } : null
      }
    >
      {(run) => (
        <>
          <SmallTable
            label="Events by version"
            rows={run.versions}
            rowKey={({ version }) => version}
            columns={[
              { id: "version", title: "Version", cell: ({ version }) => semverOf(version) },
              { id: "now", title: `SET ${generation}`, isNumber: true, cell: ({ now }) => formatNumber(now) },
              { id: "draft", title: "Draft", isNumber: true, cell: ({ draft }) => formatNumber(draft) },
            ]}
          />
          <p className="px-4 py-2 text-12">
            {formatNumber(run.changedEvents)} events change version{" "}
            <span className="dim">the others get what they get now</span>
          </p>
          <SmallTable
            label="Vaults that change"
            rows={run.changes}
            rowKey={({ vaultId, scope }) => `${vaultId} ${scope}`}
            columns={[
              {
                id: "vault",
                title: "Vault",
                cell: ({ vaultId }) => <Id value={vaultId} what="vault" isQuiet />,
              },
              { id: "scope", title: "Scope", cell: ({ scope }) => <span className="mono">{scope}</span> },
              { id: "events", title: "Events", isNumber: true, cell: ({ events }) => formatNumber(events) },
              { id: "now", title: "Now", cell: ({ now }) => semverOf(now) },
              { id: "draft", title: "Draft", cell: ({ draft }) => semverOf(draft) },
            ]}
          />
        </>
      )}
    </QueryPanel>
  );
}

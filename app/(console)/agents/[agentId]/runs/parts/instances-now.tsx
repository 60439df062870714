"use client";

import { useQuery } from "@tanstack/react-query";
import type { RunInstance } from "../../../../../../server/features/runs/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { ScrollX } from "../../../../../_ui/scroll-x.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { EnvBadge } from "../../../parts/env-badge.tsx";
import { VersionName } from "./run-words.tsx";

type InstancesNowProps = { agentId: string; onPick: (instance: RunInstance) => void };

/** Every runtime that spoke of this agent lately, in all environments. */
export function InstancesNow({ agentId, onPick }: InstancesNowProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.instances.queryOptions({ agentId }));
  return (
    <QueryPanel
      title="Instances now"
      sub={query.data && `${query.data.filter(isReady).length} of ${query.data.length} ready`}
      query={query}
      what="the instances"
      staleAfterMs={90_000}
      isFlush
      emptyWhen={(rows) => (rows.length === 0 ? nothing : null)}
    >
      {(rows) => (
        <ScrollX>
          <SmallTable
            label="Instances"
            rows={rows}
            rowKey={({ environment, instance }) => `${environment}/${instance}`}
            rowTone={({ fault, isSilent }) => (fault !== null || isSilent ? "bad" : null)}
            columns={[
              {
                id: "env",
                title: "Where",
                cell: ({ environment }) => <EnvBadge environment={environment} />,
              },
              {
                id: "instance",
                title: "Instance",
                cell: (row) => (
                  <button
                    type="button"
                    className="lk mono"
                    data-tip={`Runs on ${row.instance}`}
                    onClick={() => onPick(row)}
                  >
                    {row.instance}
                  </button>
                ),
              },
              { id: "region", title: "Region", cell: ({ region }) => region },
              {
                id: "versions",
                title: "Versions",
                cell: ({ versions }) => (
                  <span className="flex flex-wrap gap-x-3">
                    {versions.map((version) => (
                      <VersionName key={version.cid} version={version} />
                    ))}
                  </span>
                ),
              },
              { id: "set", title: "SET", isNumber: true, cell: ({ generation }) => generation ?? "·" },
              {
                id: "heard",
                title: "Heard",
                isNumber: true,
                cell: ({ heardAt }) => <Time at={heardAt} isQuiet />,
              },
              { id: "state", title: "State", cell: (row) => <State row={row} /> },
            ]}
          />
        </ScrollX>
      )}
    </QueryPanel>
  );
}

const nothing = {
  title: "No runtime has spoken",
  children: "Runtimes that read the desired state from Kafka appear here with their first heartbeat.",
};

function isReady({ fault, isSilent, generation, wanted }: RunInstance): boolean {
  return fault === null && !isSilent && generation === wanted;
}

function State({ row }: { row: RunInstance }) {
  if (row.fault !== null)
    return (
      <StatusWord tone="crit" why={row.fault}>
        refuses
      </StatusWord>
    );
  if (row.isSilent) return <StatusWord tone="warn">silent</StatusWord>;
  if (row.generation === row.wanted) return <StatusWord tone="ok">ready</StatusWord>;
  return (
    <StatusWord
      tone="warn"
      why={`SET ${row.wanted} is in force`}
    >{`runs SET ${row.generation ?? "·"}`}</StatusWord>
  );
}

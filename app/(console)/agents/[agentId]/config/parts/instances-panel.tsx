import type { ConfigView } from "../../../../../../server/features/agent-config/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";

type Instance = ConfigView["instances"][number];

/** Which revision each instance runs, by what it said itself, and since when one drifts. */
export function InstancesPanel({ config, readAt }: { config: ConfigView; readAt: number }) {
  const { instances } = config;
  const drifting = instances.filter(({ driftsSince }) => driftsSince !== null).length;
  return (
    <Panel
      title="Who runs what"
      sub={wordsOf(config, drifting)}
      age={{ at: readAt }}
      isFlush
      state={instances.length === 0 ? { kind: "empty", ...noInstances } : { kind: "data" }}
    >
      <SmallTable
        label="Instances"
        rows={instances}
        rowKey={({ instance }) => instance}
        rowTone={({ fault }) => (fault !== null ? "bad" : null)}
        columns={[
          {
            id: "instance",
            title: "Instance",
            cell: ({ instance }) => <span className="mono">{instance}</span>,
          },
          { id: "region", title: "Region", cell: ({ region }) => region },
          { id: "rev", title: "Rev", isNumber: true, cell: (one) => one.revision ?? "·" },
          {
            id: "after",
            title: "Acknowledged after, s",
            isNumber: true,
            cell: ({ acknowledgedAfterMs: ms }) => (ms === null ? "·" : formatNumber(ms / 1_000, 2)),
          },
          { id: "state", title: "State", cell: (one) => <State one={one} /> },
        ]}
      />
    </Panel>
  );
}

function wordsOf({ instances, revision }: ConfigView, drifting: number): string {
  if (revision === 0) return "nothing is set";
  const all = instances.length;
  return drifting === 0
    ? `${all} of ${all} run rev ${revision}`
    : `${drifting} of ${all} drift from rev ${revision}`;
}

const noInstances = {
  title: "No runtime has spoken",
  children: "Runtimes that read the desired state from Kafka appear here with their first heartbeat.",
};

function State({ one }: { one: Instance }) {
  if (one.fault !== null)
    return (
      <StatusWord tone="crit" why={one.fault}>
        refuses
      </StatusWord>
    );
  if (one.isSilent) return <StatusWord tone="warn">silent</StatusWord>;
  if (one.driftsSince === null) return <StatusWord tone="ok">same</StatusWord>;
  return (
    <span className="inline-flex gap-1">
      <StatusWord tone="warn">drifts</StatusWord>
      <span className="dim">
        since <Time at={one.driftsSince} isQuiet />
      </span>
    </span>
  );
}

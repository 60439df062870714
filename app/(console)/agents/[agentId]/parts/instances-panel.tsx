import type { DeploymentView } from "../../../../../server/features/deployments/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../_ui/time.tsx";

type Instance = DeploymentView["instances"][number];

/** Who runs what, by what runtimes said themselves. */
export function InstancesPanel({ deployment }: { deployment: DeploymentView }) {
  const { instances, generation } = deployment;
  const same = instances.filter((one) => one.generation === generation && one.fault === null).length;
  return (
    <Panel
      title="Instances"
      sub={`${same} of ${instances.length} run SET ${generation}`}
      isFlush
      state={instances.length === 0 ? { kind: "empty", ...noInstances } : { kind: "data" }}
    >
      <SmallTable
        label="Instances"
        rows={instances}
        rowKey={({ instance }) => instance}
        rowTone={({ fault, isSilent }) => (fault !== null || isSilent ? "bad" : null)}
        columns={[
          {
            id: "instance",
            title: "Instance",
            cell: ({ instance }) => <span className="mono">{instance}</span>,
          },
          { id: "region", title: "Region", cell: ({ region }) => region },
          { id: "set", title: "SET", isNumber: true, cell: (one) => one.generation ?? "·" },
          {
            id: "after",
            title: "Acknowledged after, s",
            isNumber: true,
            cell: ({ acknowledgedAfterMs: ms }) => (ms === null ? "·" : formatNumber(ms / 1_000, 2)),
          },
          {
            id: "heard",
            title: "Heard",
            isNumber: true,
            cell: ({ heardAt }) => <Time at={heardAt} isQuiet />,
          },
          { id: "state", title: "State", cell: (one) => <State one={one} generation={generation} /> },
        ]}
      />
    </Panel>
  );
}

const noInstances = {
  title: "No runtime has spoken",
  children: "Runtimes that read the desired state from Kafka appear here with their first heartbeat.",
};

function State({ one, generation }: { one: Instance; generation: number }) {
  if (one.fault !== null)
    return (
      <StatusWord tone="crit" why={one.fault}>
        refuses
      </StatusWord>
    );
  if (one.isSilent) return <StatusWord tone="warn">silent</StatusWord>;
  return one.generation === generation ? (
    <StatusWord tone="ok">same</StatusWord>
  ) : (
    <StatusWord tone="warn">drifts</StatusWord>
  );
}

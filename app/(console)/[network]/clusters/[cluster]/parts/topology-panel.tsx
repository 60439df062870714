import type { ClusterDetail } from "../../../../../../server/features/clusters/schema.ts";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { noReading } from "../../../../../_ui/format/number.ts";
import { formatShare } from "../../../../../_ui/format/percent.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { Meter } from "../../../../../_ui/meter.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { StateCounts } from "../../parts/state-counts.tsx";

/** Where the nodes stand and who runs them: one provider or region too many in one place is a risk. */
export function TopologyPanel({ detail }: { detail: ClusterDetail }) {
  return (
    <Panel
      title="Topology"
      sub="by region and provider"
      state={
        detail.topology.length === 0
          ? {
              kind: "empty",
              title: "No nodes in this cluster",
              children: "A node joins when the chain says so, or when its telemetry names the cluster.",
            }
          : { kind: "data" }
      }
      isFlush
    >
      <table className="tbl tbl-compact">
        <thead>
          <tr>
            <th scope="col">Region</th>
            <th scope="col">Provider</th>
            <th scope="col">Nodes</th>
            <th scope="col" className="num">
              Used of region
            </th>
          </tr>
        </thead>
        {detail.topology.map(({ region, capacity, providers }) => (
          <tbody key={region ?? ""}>
            {providers.map(({ provider, nodes, byStatus }, index) => (
              <tr key={provider ?? ""}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={providers.length}>
                    {region ?? <span className="dim">not reported</span>}
                  </th>
                )}
                <td>
                  {provider ? (
                    <Id value={provider} what="provider" />
                  ) : (
                    <span className="dim">none named</span>
                  )}
                </td>
                <td>
                  <StateCounts total={nodes} byStatus={byStatus} />
                </td>
                {index === 0 && (
                  <td className="num" rowSpan={providers.length}>
                    <Used capacity={capacity} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Panel>
  );
}

function Used({ capacity }: { capacity: ClusterDetail["cluster"]["capacity"] }) {
  const { usedBytes, totalBytes } = capacity;
  if (usedBytes === null || !totalBytes) return <span className="na">{noReading}</span>;
  const ratio = usedBytes / totalBytes;
  return (
    <>
      <Meter ratio={ratio} label="used" /> {formatShare(ratio)} %{" "}
      <span className="dim">of {formatBytes(totalBytes)}</span>
    </>
  );
}

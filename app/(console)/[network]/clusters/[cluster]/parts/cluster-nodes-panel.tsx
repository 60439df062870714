import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { NodePage, NodeRow } from "../../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../../../../_ui/format/number.ts";
import { formatPercent, formatShare } from "../../../../../_ui/format/percent.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { NodeStateWord } from "../../../nodes/parts/node-state.tsx";

type ClusterNodesPanelProps = {
  network: NetworkName;
  clusterId: string;
  query: UseQueryResult<NodePage, unknown>;
};

/** Its nodes, trouble first; the nodes page has all columns, filters and the live table. */
export function ClusterNodesPanel({ network, clusterId, query }: ClusterNodesPanelProps) {
  return (
    <QueryPanel
      title="Nodes"
      what="the nodes"
      query={query}
      isFlush
      actions={
        <Link className="lk text-12" href={`/${network}/nodes?cluster=${clusterId}`}>
          Open in nodes
        </Link>
      }
      ageOf={(page) => page.at}
      emptyWhen={(page) =>
        page.rows.length > 0
          ? null
          : {
              title: "No nodes in this cluster",
              children: "A node joins when the chain says so, or when its telemetry names the cluster.",
            }
      }
    >
      {(page) => (
        <div className="cluster-nodes">
          <table className="tbl tbl-compact">
            <thead>
              <tr>
                <th scope="col">Status</th>
                <th scope="col">Node</th>
                <th scope="col">Provider</th>
                <th scope="col">Region</th>
                <th scope="col" className="num">
                  Ops/s
                </th>
                <th scope="col" className="num">
                  p99 ms
                </th>
                <th scope="col" className="num">
                  Error %
                </th>
                <th scope="col" className="num">
                  Disk %
                </th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((node) => (
                <NodeLine key={node.key} network={network} node={node} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryPanel>
  );
}

function NodeLine({ network, node }: { network: NetworkName; node: NodeRow }) {
  return (
    <tr>
      <td>
        <NodeStateWord status={node.status} />
      </td>
      <th scope="row">
        <Link className="lk" href={`/${network}/nodes/${node.key}`} prefetch={false}>
          {node.name}
        </Link>
      </th>
      <td>{node.provider ?? noReading}</td>
      <td>{node.region ?? noReading}</td>
      <td className="num">{formatNumber(node.opsPerSecond)}</td>
      <td className="num">{formatMs(node.p99Ms)}</td>
      <td className="num">{formatPercent(node.failureRatio)}</td>
      <td className="num">{formatShare(node.disk)}</td>
    </tr>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ClusterRow } from "../../../../server/features/clusters/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { CopyMenu } from "../../../_shell/copy/copy-menu.tsx";
import { procedureCall } from "../../../_shell/copy/copy-text.ts";
import { registrySql } from "../../../_shell/copy/registry-sql.ts";
import { formatBytes } from "../../../_ui/format/bytes.ts";
import { formatMs } from "../../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../../_ui/format/number.ts";
import { formatPercent, formatShare } from "../../../_ui/format/percent.ts";
import { Id } from "../../../_ui/id.tsx";
import { Meter } from "../../../_ui/meter.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { ClusterStatus } from "./parts/cluster-status.tsx";
import { StateCounts } from "./parts/state-counts.tsx";
import "./parts/clusters.css";

export function ClustersView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const clusters = useQuery(trpc.clusters.list.queryOptions({ network }));
  return (
    <>
      <PageHead
        title="Clusters"
        what={
          <WhatIsThis title="a cluster" doc="clusters">
            <p>
              Nodes that store together under one set of protocol parameters. A bucket lives in one cluster;
              the chain keeps the parameters, the nodes report capacity, activity tells the load.
            </p>
          </WhatIsThis>
        }
        meta={
          clusters.data && (
            <span>
              {formatNumber(clusters.data.rows.length)} on {network}
            </span>
          )
        }
        actions={
          <CopyMenu
            rows={clusters.data?.rows ?? []}
            call={procedureCall("clusters.list", { network })}
            sql={registrySql("clusters", network)}
          />
        }
      />
      <Sheet>
        <QueryPanel
          title="Clusters"
          what="clusters"
          query={clusters}
          isFlush
          ageOf={(page) => page.at}
          emptyWhen={(page) =>
            page.rows.length === 0
              ? {
                  title: "No clusters on this network yet",
                  children:
                    "A cluster appears when the ddc indexer has read one from the chain, or when a node reports that it belongs to one.",
                }
              : null
          }
        >
          {(page) => <ClusterTable network={network} rows={page.rows} />}
        </QueryPanel>
      </Sheet>
    </>
  );
}

const heads = ["Ops/s", "p99 ms", "Error %", "Used", "of", "Buckets", "Replicas", "Erasure"] as const;

function ClusterTable({ network, rows }: { network: NetworkName; rows: readonly ClusterRow[] }) {
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col">Cluster</th>
          <th scope="col">On chain</th>
          <th scope="col">Nodes</th>
          {heads.map((head) => (
            <th key={head} scope="col" className="num">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cluster) => (
          <ClusterLine key={cluster.clusterId} network={network} cluster={cluster} />
        ))}
      </tbody>
    </table>
  );
}

function ClusterLine({ network, cluster }: { network: NetworkName; cluster: ClusterRow }) {
  const { capacity, rate } = cluster;
  const used =
    capacity.usedBytes === null || !capacity.totalBytes ? null : capacity.usedBytes / capacity.totalBytes;
  return (
    <tr>
      <th scope="row">
        <Link className="lk" href={`/${network}/clusters/${cluster.clusterId}`}>
          {cluster.name ?? "Unnamed cluster"}
        </Link>{" "}
        <Id value={cluster.clusterId} what="cluster id" />
      </th>
      <td>
        <ClusterStatus status={cluster.status} />
      </td>
      <td>
        <StateCounts total={cluster.nodes} byStatus={cluster.byStatus} />
      </td>
      <td className="num">{formatNumber(rate.opsPerSecond)}</td>
      <td className="num">{formatMs(rate.p99Ms)}</td>
      <td className="num">{formatPercent(rate.failureRatio)}</td>
      <td className="num">
        <Meter ratio={used} label="used" /> {used === null ? noReading : `${formatShare(used)} %`}
      </td>
      <td className="num">{formatBytes(capacity.totalBytes)}</td>
      <td className="num">{formatNumber(cluster.buckets)}</td>
      <td className="num">{formatNumber(cluster.replicationTotal)}</td>
      <td className="num">
        {cluster.erasureCodingRequired === null
          ? noReading
          : `${cluster.erasureCodingRequired} of ${cluster.erasureCodingTotal ?? noReading}`}
      </td>
    </tr>
  );
}

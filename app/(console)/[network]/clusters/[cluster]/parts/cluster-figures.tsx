import type { ClusterDetail } from "../../../../../../server/features/clusters/schema.ts";
import { Figure } from "../../../../../_ui/figure.tsx";
import { formatBytes, splitBytes } from "../../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../../../../_ui/format/number.ts";
import { formatPercent } from "../../../../../_ui/format/percent.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { StateCounts } from "../../parts/state-counts.tsx";

/** The figures of a cluster, now. */
export function ClusterFigures({ detail }: { detail: ClusterDetail }) {
  const { cluster, buckets, at } = detail;
  const { capacity, rate } = cluster;
  const used = splitBytes(capacity.usedBytes);
  return (
    <Sheet columns="repeat(5, minmax(0, 1fr))" hasFigures>
      <Panel title="Operations" age={{ at }}>
        <Figure
          value={formatNumber(rate.opsPerSecond)}
          unit="/s"
          sub={
            <>
              <b>{formatPercent(rate.failureRatio)}</b> % failed
            </>
          }
        />
      </Panel>
      <Panel title="Latency p99" age={{ at }}>
        <Figure
          value={formatMs(rate.p99Ms)}
          unit="ms"
          sub={
            <>
              p50 <b>{formatMs(rate.p50Ms)}</b>, p95 <b>{formatMs(rate.p95Ms)}</b>
            </>
          }
        />
      </Panel>
      <Panel title="Stored" age={{ at }}>
        <Figure
          value={used.value}
          unit={used.unit}
          sub={
            <>
              of {formatBytes(capacity.totalBytes)}, <b>{capacity.reporting}</b> of {capacity.nodes} nodes
              report
            </>
          }
        />
      </Panel>
      <Panel title="Nodes" age={{ at }}>
        <Figure
          value={formatNumber(cluster.nodes)}
          sub={<StateCounts total={null} byStatus={cluster.byStatus} />}
        />
      </Panel>
      <Panel title="Buckets">
        <Figure
          value={formatNumber(buckets?.total)}
          sub={
            buckets ? (
              <>
                <b>{formatNumber(buckets.public)}</b> public, {formatNumber(buckets.removed)} removed
              </>
            ) : (
              `${noReading} not indexed on this network`
            )
          }
        />
      </Panel>
    </Sheet>
  );
}

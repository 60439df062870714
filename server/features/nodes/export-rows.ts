import type { ExportCell, ExportRow } from "../exports/source.ts";
import type { Line, NodeSeries } from "./history-schema.ts";
import type { NodeRow } from "./schema.ts";

const nodeColumns: Readonly<Record<string, (row: NodeRow) => ExportCell>> = {
  key: (row) => row.key,
  name: (row) => row.name,
  status: (row) => row.status.kind,
  reason: (row) => row.status.reason,
  host: (row) => row.host,
  provider: (row) => row.provider,
  provider_name: (row) => row.providerName,
  cluster_id: (row) => row.clusterId,
  cluster_name: (row) => row.clusterName,
  mode: (row) => row.mode,
  region: (row) => row.region,
  version: (row) => row.version,
  is_registered: (row) => row.isRegistered,
  operations_per_second: (row) => row.opsPerSecond,
  latency_p50_ms: (row) => row.p50Ms,
  latency_p95_ms: (row) => row.p95Ms,
  latency_p99_ms: (row) => row.p99Ms,
  failure_ratio_15m: (row) => row.failureRatio,
  requests_15m: (row) => row.requests15m,
  cpu_ratio: (row) => row.cpu,
  memory_ratio: (row) => row.memory,
  disk_ratio: (row) => row.disk,
  disk_read_ms: (row) => row.diskReadMs,
  network_in_bps: (row) => row.netInBps,
  network_out_bps: (row) => row.netOutBps,
  link_bps: (row) => row.linkBps,
  stored_bytes: (row) => row.storedBytes,
  capacity_bytes: (row) => row.capacityBytes,
  clock_skew_ms: (row) => row.clockSkewMs,
  heard_at: (row) => row.heardAt,
  probe_at: (row) => row.probe?.at ?? null,
  probe_ok: (row) => row.probe?.ok ?? null,
  probe_latency_ms: (row) => row.probe?.latencyMs ?? null,
  removed_at: (row) => row.removedAt,
};

export const nodeExportColumns = Object.keys(nodeColumns);

export function nodeExportRow(row: NodeRow): ExportRow {
  return Object.fromEntries(Object.entries(nodeColumns).map(([name, read]) => [name, read(row)]));
}

/** One column a line: "get_per_second", "p99_ms". */
export function seriesExportColumns(series: NodeSeries): string[] {
  return ["at", "is_complete", ...linesOf(series).map(columnOf)];
}

/** One row a step. */
export function* seriesExportRows(series: NodeSeries): Generator<ExportRow> {
  const start = Date.parse(series.steps.start);
  const partialFrom =
    series.steps.partialFrom === null ? Number.POSITIVE_INFINITY : Date.parse(series.steps.partialFrom);
  const lines = linesOf(series);
  for (let step = 0; step < series.steps.points; step++) {
    const at = start + step * series.steps.stepMs;
    const row: Record<string, ExportCell> = { at: new Date(at).toISOString(), is_complete: at < partialFrom };
    for (const line of lines) row[columnOf(line)] = line.values[step] ?? null;
    yield row;
  }
}

function linesOf(series: NodeSeries): Line[] {
  return series.panels.flatMap(({ lines }) => lines);
}

function columnOf({ name, unit }: Line): string {
  return `${name}_${unit}`;
}

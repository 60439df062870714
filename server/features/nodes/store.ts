import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { cellsAsText, cellsFromText } from "../../kernel/packed-cells.ts";
import type { Database } from "../../ports/database.ts";
import { numbersOf } from "./array-text.ts";
import { addCells, clearHistogram, emptyHistogram, type LatencyMs, latencyOf } from "./dense-histogram.ts";
import type { NodeInput } from "./schema.ts";

type Db = Pick<Database, "sql">;

/** A node as the tables of names and probes have it. */
export type IdentityRow = {
  id: number;
  key: string;
  provider: string | null;
  clusterId: string | null;
  /** The one that the chain names; `clusterId` may be known by telemetry alone. */
  registeredClusterId: string | null;
  host: string | null;
  domain: string | null;
  isTls: boolean | null;
  httpPort: number | null;
  mode: string | null;
  isRegistered: boolean;
  registeredAtHeight: number | null;
  reported: Record<string, unknown> | null;
  removedAt: Date | null;
  reportedAt: Date | null;
  activeAt: Date | null;
  probeAt: Date | null;
  probeKind: "answered" | "failed" | null;
  probeMs: number | null;
  probeReason: string | null;
  probeDetail: string | null;
  probeVersion: string | null;
  probeSkewMs: number | null;
  /** Of the last 24 h: different pieces that were hashed, and those that never matched since they last did not. */
  piecesChecked: number;
  wrongPieces: number;
};

/** All nodes of a network, or the one with this key. */
export async function listIdentities(
  db: Db,
  network: number,
  key: string | null = null,
): Promise<IdentityRow[]> {
  return db.sql<IdentityRow>(
    `SELECT n.id, n.node_key AS key, n.provider, c.cluster_id AS "clusterId",
            n.registered->>'host' AS host, n.registered->>'domain' AS domain,
            (n.registered->>'ssl')::boolean AS "isTls", (n.registered->>'httpPort')::int AS "httpPort",
            n.registered->>'mode' AS mode, n.registered->>'clusterId' AS "registeredClusterId",
            n.registered IS NOT NULL AS "isRegistered",
            n.registered_at_height AS "registeredAtHeight", n.reported,
            n.removed_at AS "removedAt", n.reported_at AS "reportedAt", n.active_at AS "activeAt",
            p.at AS "probeAt", p.kind AS "probeKind", p.latency_ms AS "probeMs", p.reason AS "probeReason",
            p.detail AS "probeDetail", p.version AS "probeVersion", p.clock_skew_ms AS "probeSkewMs",
            coalesce(v.checked, 0) AS "piecesChecked", coalesce(v.wrong, 0) AS "wrongPieces"
     FROM ddc_node n
     LEFT JOIN ddc_cluster c ON c.id = n.cluster
     LEFT JOIN node_probe_state p ON p.node = n.id
     LEFT JOIN (
       SELECT node, count(*)::int AS checked, count(*) FILTER (WHERE verdict = 'mismatch')::int AS wrong
       FROM (SELECT DISTINCT ON (node, cid) node, verdict FROM node_verification
             WHERE network = $1 AND at > now() - interval '24 hours' AND verdict IN ('verified', 'mismatch')
               AND ($2::text IS NULL OR node = (SELECT id FROM ddc_node WHERE network = $1 AND node_key = $2))
             ORDER BY node, cid, at DESC) AS newest
       GROUP BY node
     ) v ON v.node = n.id
     WHERE n.network = $1 AND ($2::text IS NULL OR n.node_key = $2)`,
    [network, key],
    { isPrepared: true },
  );
}

/** `ddc_node.id` of a key. */
export async function requireNodeId(db: Db, { network, key }: NodeInput): Promise<number> {
  const rows = await db.sql<{ id: number }>("SELECT id FROM ddc_node WHERE network = $1 AND node_key = $2", [
    networkByName(network).id,
    key,
  ]);
  const id = rows[0]?.id;
  if (id === undefined) throw notFound("node", key);
  return id;
}

/** What a node did in a moment: rates over 10 s, percentiles over the running minute (and the one before while young). */
export type Activity = LatencyMs & { requests10s: number; failures10s: number };

const settleMs = 2_000;
const rateMs = 10_000;
const youngMs = 30_000;

/** Nodes of one network at a moment. */
export type NodesAt = { network: number; nodeIds: readonly number[]; at: Date };

export type Rates = { node: number; requests: number; failures: number };

/** Over 10 s, of nodes that had a request in them. In one row: a row a node costs four times as much to read. */
export async function listRates(db: Db, { network, nodeIds, at }: NodesAt): Promise<Rates[]> {
  const to = new Date(Math.floor((at.getTime() - settleMs) / 1_000) * 1_000);
  const [row] = await db.sql<{ nodes: string | null; requests: string; failures: string }>(
    `SELECT array_agg(node)::text AS nodes, array_agg(requests)::text AS requests,
            array_agg(failures)::text AS failures
     FROM (SELECT subject::int AS node, sum(requests)::float8 AS requests, sum(failures)::float8 AS failures
           FROM rollup_1s
           WHERE scope = 3 AND network = $1 AND subject = ANY ($2::bigint[]) AND at >= $3 AND at < $4
           GROUP BY subject) AS busy`,
    [network, nodeIds, new Date(to.getTime() - rateMs), to],
    { isPrepared: true },
  );
  if (row?.nodes == null) return [];
  const [nodes, requests, failures] = [row.nodes, row.requests, row.failures].map(numbersOf);
  return (nodes ?? []).map((node, index) => ({
    node,
    requests: requests?.[index] ?? 0,
    failures: failures?.[index] ?? 0,
  }));
}

/** By node id. A node without an entry had no request. */
export function activityOf(
  rates: readonly Rates[],
  latencies: ReadonlyMap<number, LatencyMs>,
): Map<number, Activity> {
  const activity = new Map<number, Activity>();
  for (const [node, latency] of latencies) activity.set(node, { ...latency, requests10s: 0, failures10s: 0 });
  for (const { node, requests, failures } of rates)
    activity.set(node, {
      ...(activity.get(node) ?? noLatency),
      requests10s: requests,
      failures10s: failures,
    });
  return activity;
}

/** Operations a second are the mean of this many. */
export const rateSeconds = rateMs / 1_000;

const noLatency: LatencyMs = { p50Ms: null, p95Ms: null, p99Ms: null };

/** By node id. */
export async function listLatencies(
  db: Db,
  { network, nodeIds, at }: NodesAt,
): Promise<Map<number, LatencyMs>> {
  const from = new Date(Math.floor((at.getTime() - youngMs) / 60_000) * 60_000);
  const rows = await db.sql<{ node: number; cells: string }>(
    `SELECT subject::int AS node, ${cellsAsText} AS cells
     FROM rollup_1m
     WHERE scope = 3 AND network = $1 AND subject = ANY ($2::bigint[]) AND at >= $3 AND at <= $4
     ORDER BY subject`,
    [network, nodeIds, from, at],
    { isPrepared: true },
  );
  const latencies = new Map<number, LatencyMs>();
  const histogram = emptyHistogram();
  for (const [index, { node, cells }] of rows.entries()) {
    addCells(histogram, cellsFromText(cells));
    if (rows[index + 1]?.node === node) continue;
    latencies.set(node, latencyOf(histogram));
    clearHistogram(histogram);
  }
  return latencies;
}

/** Means of the newest minute that has the figure; null = not reported in the last three minutes. */
export type Readings = {
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  /** Ten minutes ago. */
  diskBefore: number | null;
  netInBps: number | null;
  netOutBps: number | null;
  linkBps: number | null;
  storedBytes: number | null;
  capacityBytes: number | null;
  usedBytes: number | null;
  diskReadMs: number | null;
  clockSkewMs: number | null;
  cpuCores: number | null;
  reportEveryMs: number | null;
};

type ReadingRow = Omit<Readings, "reportEveryMs" | "diskBefore"> & {
  node: number;
  readings: number;
  age: "before" | "full" | "running";
};

export const growthMinutes = 10;
const readingMinutes = 3;
/** A node whose clock is ahead writes into minutes to come; ingest takes ten of them. */
const aheadMs = 600_000;

/** By node id. A node without an entry reported nothing lately. */
export async function listReadings(
  db: Db,
  { nodeIds, at }: { nodeIds: readonly number[]; at: Date },
): Promise<Map<number, Readings>> {
  const minuteMs = Math.floor(at.getTime() / 60_000) * 60_000;
  const minutesAgo = (minutes: number) => new Date(minuteMs - minutes * 60_000);
  const rows = await db.sql<ReadingRow>(
    `SELECT node, CASE WHEN at = $4 THEN 'before' WHEN at < $5 THEN 'full' ELSE 'running' END AS age,
            greatest(cpu_n, memory_n, disk_n, net_in_bps_n, stored_bytes_n, 0) AS readings,
            cpu_sum / nullif(cpu_n, 0) AS cpu, memory_sum / nullif(memory_n, 0) AS memory,
            disk_sum / nullif(disk_n, 0) AS disk,
            net_in_bps_sum / nullif(net_in_bps_n, 0) AS "netInBps",
            net_out_bps_sum / nullif(net_out_bps_n, 0) AS "netOutBps", link_bps_max AS "linkBps",
            stored_bytes_sum / nullif(stored_bytes_n, 0) AS "storedBytes",
            disk_total_bytes_max AS "capacityBytes",
            disk_used_bytes_sum / nullif(disk_used_bytes_n, 0) AS "usedBytes",
            disk_read_ms_sum / nullif(disk_read_ms_n, 0) AS "diskReadMs",
            clock_skew_ms_sum / nullif(clock_skew_ms_n, 0) AS "clockSkewMs", cpu_cores_max AS "cpuCores"
     FROM reading_1m
     WHERE node = ANY ($1::int[]) AND ((at >= $2 AND at <= $3) OR at = $4)
     ORDER BY node, reading_1m.at DESC`,
    [
      nodeIds,
      minutesAgo(readingMinutes - 1),
      new Date(at.getTime() + aheadMs),
      minutesAgo(growthMinutes),
      minutesAgo(0),
    ],
    { isPrepared: true },
  );
  const readings = new Map<number, Readings>();
  for (const row of rows) readings.set(row.node, merged(readings.get(row.node) ?? noReadings, row));
  return readings;
}

const noReadings: Readings = {
  cpu: null,
  memory: null,
  disk: null,
  diskBefore: null,
  netInBps: null,
  netOutBps: null,
  linkBps: null,
  storedBytes: null,
  capacityBytes: null,
  usedBytes: null,
  diskReadMs: null,
  clockSkewMs: null,
  cpuCores: null,
  reportEveryMs: null,
};

/** The newer row wins figure by figure: gauges have different rhythms. */
function merged(newer: Readings, row: ReadingRow): Readings {
  if (row.age === "before") return { ...newer, diskBefore: row.disk };
  const reportEveryMs = row.age === "full" && row.readings > 0 ? 60_000 / row.readings : null;
  return {
    cpu: newer.cpu ?? row.cpu,
    memory: newer.memory ?? row.memory,
    disk: newer.disk ?? row.disk,
    diskBefore: newer.diskBefore,
    netInBps: newer.netInBps ?? row.netInBps,
    netOutBps: newer.netOutBps ?? row.netOutBps,
    linkBps: newer.linkBps ?? row.linkBps,
    storedBytes: newer.storedBytes ?? row.storedBytes,
    capacityBytes: newer.capacityBytes ?? row.capacityBytes,
    usedBytes: newer.usedBytes ?? row.usedBytes,
    diskReadMs: newer.diskReadMs ?? row.diskReadMs,
    clockSkewMs: newer.clockSkewMs ?? row.clockSkewMs,
    cpuCores: newer.cpuCores ?? row.cpuCores,
    reportEveryMs: quicker(newer.reportEveryMs, reportEveryMs),
  };
}

/** The minute in which a node fell silent holds fewer readings than its rhythm gives. */
function quicker(a: number | null, b: number | null): number | null {
  return a === null ? b : Math.min(a, b ?? a);
}

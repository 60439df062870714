import { randomBytes } from "node:crypto";
import { packCell } from "../../../kernel/cells.ts";
import { latencyBin } from "../../../kernel/latency.ts";
import { type NetworkName, networkByName } from "../../../kernel/networks.ts";
import { type Grain, grainMs, grains } from "../../../kernel/time-range.ts";
import type { Database } from "../../../ports/database.ts";
import type { Self } from "../../../ports/self.ts";

type Db = Pick<Database, "sql">;

/** Room for rows of any time: the partitions that ingest makes ahead are for the present. */
export async function makeRoom(db: Db): Promise<void> {
  const tables = [
    "activity",
    "node_probe",
    ...grains.flatMap((grain) => [`rollup_${grain}`, `reading_${grain}`]),
  ];
  for (const table of tables)
    await db.sql(`CREATE TABLE IF NOT EXISTS ${table}_default PARTITION OF ${table} DEFAULT`);
}

export type TestNode = { id: number; key: string; network: NetworkName; networkId: number };

export type NodeParts = {
  network?: NetworkName;
  key?: string;
  host?: string | null;
  mode?: string;
  provider?: string | null;
  clusterId?: string | null;
  reported?: Record<string, unknown> | null;
  reportedAt?: Date | null;
  activeAt?: Date | null;
  removedAt?: Date | null;
};

/** A node that the chain and telemetry know, unless parts say otherwise. */
export async function insertNode(db: Db, parts: NodeParts = {}): Promise<TestNode> {
  const network = parts.network ?? "mainnet";
  const networkId = networkByName(network).id;
  const key = parts.key ?? `0x${randomBytes(32).toString("hex")}`;
  const host = parts.host === undefined ? "s01.fsn1.example" : parts.host;
  const registered =
    host === null
      ? null
      : {
          host,
          domain: null,
          ssl: false,
          httpPort: 8080,
          grpcPort: 9090,
          p2pPort: 9070,
          mode: parts.mode ?? "Storage",
          clusterId: parts.clusterId ?? null,
        };
  const reported =
    parts.reported === undefined
      ? { "host.name": "fsn1-s01", "service.version": "1.14.2", "cloud.region": "eu-central" }
      : parts.reported;
  const rows = await db.sql<{ id: number }>(
    `WITH c AS (
       INSERT INTO ddc_cluster (network, cluster_id) SELECT $1, $8 WHERE $8::text IS NOT NULL
       ON CONFLICT (network, cluster_id) DO UPDATE SET seen_at = ddc_cluster.seen_at RETURNING id
     )
     INSERT INTO ddc_node (network, node_key, provider, registered, reported, reported_at, active_at, cluster, removed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT id FROM c), $9) RETURNING id`,
    [
      networkId,
      key,
      parts.provider ?? null,
      registered,
      reported,
      parts.reportedAt ?? null,
      parts.activeAt ?? null,
      parts.clusterId ?? null,
      parts.removedAt ?? null,
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The node was not inserted.");
  return { id, key, network, networkId };
}

/** Requests of one kind: operation and status by their numbers, one latency for all. */
export type Requests = { operation?: number; status?: number; latencyMs?: number; count: number };

/** One rollup window of a node, in each of the grains. */
export async function insertRollup(
  db: Db,
  node: Pick<TestNode, "id" | "networkId">,
  { at, requests, in: into = ["1m"] }: { at: Date; requests: readonly Requests[]; in?: readonly Grain[] },
): Promise<void> {
  const cells = requests.map(({ operation = 1, status = 0, latencyMs = 10, count }) =>
    packCell(operation, status, latencyBin(latencyMs * 1_000), count),
  );
  const total = requests.reduce((sum, { count }) => sum + count, 0);
  const failures = requests.reduce(
    (sum, { status, count }) => sum + (status === 2 || status === 3 ? count : 0),
    0,
  );
  for (const grain of into)
    await db.sql(
      `INSERT INTO rollup_${grain} AS r (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
       SELECT $1, s.scope, s.subject, $3, $4, $5, 0, 0, $6::bigint[] FROM (VALUES (3::smallint, $2::bigint), (1::smallint, 0)) AS s (scope, subject)
       ON CONFLICT (scope, network, subject, at) DO UPDATE
       SET requests = r.requests + excluded.requests, failures = r.failures + excluded.failures, cells = r.cells || excluded.cells`,
      [node.networkId, node.id, windowOf(at, grain), total, failures, cells],
    );
}

/** One reading of a node; each gauge as reported once in the window. */
export async function insertReading(
  db: Db,
  node: Pick<TestNode, "id">,
  {
    at,
    gauges,
    in: into = ["1m"],
  }: { at: Date; gauges: Readonly<Record<string, number>>; in?: readonly Grain[] },
): Promise<void> {
  const names = Object.keys(gauges);
  const columns = names.flatMap((name) => [`${name}_sum`, `${name}_n`, `${name}_max`]);
  const values = names.map((_, index) => `$${index + 3}, 1, $${index + 3}`);
  for (const grain of into)
    await db.sql(
      `INSERT INTO reading_${grain} (node, at, ${columns.join(", ")}) VALUES ($1, $2, ${values.join(", ")})`,
      [node.id, windowOf(at, grain), ...Object.values(gauges)],
    );
}

/** A probe, in the history and as the newest one. */
export async function insertProbe(
  db: Db,
  node: Pick<TestNode, "id">,
  { at, latencyMs = 14, failed }: { at: Date; latencyMs?: number; failed?: string },
): Promise<void> {
  const values = [
    node.id,
    at,
    failed ? "failed" : "answered",
    failed ? null : latencyMs,
    failed ? "refused" : null,
    failed ?? null,
  ];
  await db.sql(
    "INSERT INTO node_probe (node, at, kind, latency_ms, reason, detail) VALUES ($1, $2, $3, $4, $5, $6)",
    values,
  );
  await db.sql(
    `INSERT INTO node_probe_state (node, at, kind, latency_ms, reason, detail) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (node) DO UPDATE SET at = excluded.at, kind = excluded.kind, latency_ms = excluded.latency_ms,
       reason = excluded.reason, detail = excluded.detail`,
    values,
  );
}

/** Topics that ingest reads for mainnet and testnet. */
export const testSelf: Self = {
  version: "0.0.0",
  commit: null,
  baseUrl: "http://console.test/",
  bindings: [
    { binding: "activity", network: "mainnet", topic: "ddc.activity" },
    { binding: "telemetry", network: "mainnet", topic: "otlp_metrics" },
    { binding: "telemetry", network: "testnet", topic: "otlp_metrics.testnet" },
  ],
  configuration: [],
  health: () => [],
};

/** An ingest worker as it says of itself; without one, nothing can be heard. */
export async function insertWorker(
  db: Db,
  {
    at,
    state = "ok",
    reason = null,
  }: { at: Date; state?: "ok" | "degraded" | "down"; reason?: string | null },
): Promise<void> {
  await db.sql(
    `INSERT INTO ingest_worker (id, host, process, started_at, heard_at, state, reason, since, partitions)
     VALUES (gen_random_uuid(), 'test', 1, $1, $1, $2, $3, $1, '{}')`,
    [at, state, reason],
  );
}

function windowOf(at: Date, grain: Grain): Date {
  return new Date(Math.floor(at.getTime() / grainMs[grain]) * grainMs[grain]);
}

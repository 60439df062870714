import { Client } from "pg";
import { partitionAt } from "../../server/ingest/time-partitions.ts";
import { busyTemplate, settledTemplate, type Template } from "./templates.ts";

/** How the history is made. A change of anything that a row holds is a new version: an older folder is then filled anew. */
const version = 3;
export const nodeCount = 1_000;
/** Fewer for a first look; figures are those of thirty. */
const historyDays = Number(process.env.BENCH_DAYS ?? 30);
/** What nodes report by the minute; older than this, pages ask for hours. */
const readingDays = 3;
/** Minutes that pages open on are as dense as live ones; older ones are thin, to fit a disk. */
const busyHours = 4;
const templates = 64;
const dayMs = 86_400_000;
const minuteMs = 60_000;

export const mainnet = 3;

/** Until when the history goes; null = this database was not filled, or by another version. */
export async function filledUntil(client: Client): Promise<Date | null> {
  const { rows: tables } = await client.query("SELECT to_regclass('bench_fill') AS found");
  if (tables[0]?.found === null) return null;
  const { rows } = await client.query<{ until: Date }>(
    "SELECT until FROM bench_fill WHERE version = $1 AND days = $2",
    [version, historyDays],
  );
  return rows[0]?.until ?? null;
}

/** Nodes, thirty days by the minute, and their hours and days; two sessions at once. */
export async function fillHistory(url: string, until: Date, say: (line: string) => void): Promise<void> {
  await using clients = await openClients(url, 2);
  const [first] = clients.all;
  if (!first) throw new Error("No session.");
  await insertTemplates(first);
  await insertNodes(first);
  const today = Math.floor(until.getTime() / dayMs) * dayMs;
  const days = Array.from({ length: historyDays + 1 }, (_, back) => today - back * dayMs);
  // Some share a coarse partition, which two sessions must not make at once.
  for (const day of days.filter((start) => isLive(start, until))) await createPartitions(first, day);
  const startedAt = Date.now();
  let done = 0;
  await clients.share(days, async (client, day) => {
    await fillDay(client, day, until);
    done += 1;
    say(`day ${done} of ${days.length} after ${Math.round((Date.now() - startedAt) / 1_000)} s`);
  });
  await fillCoarse(first, until);
  await first.query(
    "CREATE TABLE bench_fill (version int NOT NULL, days int NOT NULL, until timestamptz NOT NULL)",
  );
  await first.query("INSERT INTO bench_fill VALUES ($1, $2, $3)", [version, historyDays, until]);
}

/** From where the history ends to now, so that a folder of yesterday is good today. */
export async function topUp(client: Client, from: Date, until: Date): Promise<void> {
  const first = Math.floor(from.getTime() / dayMs) * dayMs;
  for (let day = first; day <= until.getTime(); day += dayMs) {
    await createPartitions(client, day);
    const since = Math.max(day, from.getTime());
    await insertMinutes(client, {
      from: since,
      to: Math.min(day + dayMs, until.getTime()),
      kind: "busy",
    });
  }
  await fillCoarse(client, until);
  await client.query("UPDATE bench_fill SET until = $1", [until]);
}

const liveTables = ["rollup_1s", "rollup_1m", "reading_1s", "reading_1m"];
const coarseTables = ["rollup_1h", "rollup_1d", "reading_1h", "reading_1d"];

/** Partitions that hold a moment, as ingest makes them. */
export async function createPartitions(
  client: Client,
  ms: number,
  tables = [...liveTables, ...coarseTables],
): Promise<void> {
  for (const table of tables) {
    const { name, from, to } = partitionAt(table, ms);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table} FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')
       WITH (fillfactor = 70, toast_tuple_target = 8160)`,
    );
  }
}

/** A past day is written in one go and packed; today's table has room for updates, as ingest makes it. */
async function fillDay(client: Client, day: number, until: Date): Promise<void> {
  const busyFrom = busySince(until);
  if (isLive(day, until)) {
    const settledTo = Math.max(day, Math.floor(busyFrom / minuteMs) * minuteMs);
    await insertMinutes(client, { from: day, to: settledTo, kind: "settled" });
    await insertMinutes(client, {
      from: settledTo,
      to: Math.min(day + dayMs, until.getTime()),
      kind: "busy",
    });
    return;
  }
  const isRead = until.getTime() - day < readingDays * dayMs;
  for (const table of isRead ? ["rollup_1m", "reading_1m"] : ["rollup_1m"]) {
    const { name, from, to } = partitionAt(table, day);
    await client.query("BEGIN");
    await client.query(`CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
    const range = { from: day, to: day + dayMs, kind: "settled" } as const;
    await client.query(table === "rollup_1m" ? insertRollups(name, range) : insertReadings(name, range));
    await client.query(
      `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
    );
    await client.query("COMMIT");
    await client.query(`VACUUM (ANALYZE) ${name}`);
  }
}

function busySince(until: Date): number {
  return until.getTime() - busyHours * 3_600_000;
}

/** Whether a day has minutes as dense as live ones. */
function isLive(day: number, until: Date): boolean {
  return day + dayMs > busySince(until);
}

type Minutes = { from: number; to: number; kind: "busy" | "settled" };

async function insertMinutes(client: Client, minutes: Minutes): Promise<void> {
  if (minutes.from >= minutes.to) return;
  await client.query(insertRollups("rollup_1m", minutes));
  await client.query(insertReadings("reading_1m", minutes));
}

/** In the order of time, as ingest writes: all nodes of a minute, then the next. */
function insertRollups(table: string, { from, to, kind }: Minutes): string {
  return `
    INSERT INTO ${table} (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
    SELECT ${mainnet}, 3, n, m, t.requests, t.failures, t.requests * 262144, t.requests * 30000, t.cells
    FROM generate_series(${moment(from)}, ${moment(to - 1)}, interval '1 min') AS m
    CROSS JOIN generate_series(1, ${nodeCount}) AS n
    JOIN bench_template t ON t.kind = '${kind}' AND t.id = (n * 7 + (extract(epoch FROM m) / 60)::int * 13) % ${templates}
    ON CONFLICT DO NOTHING`;
}

const always: Readonly<Record<string, string>> = {
  cpu: "0.35 + 0.2 * wave",
  memory: "0.6 + 0.1 * wave",
  disk: "0.4 + (n % 50) * 0.01 + day * 0.002",
  disk_read_ms: "4 + 2 * wave",
  net_in_bps: "2e8 * (1 + wave)",
  net_out_bps: "1.7e9 * (1 + wave)",
};
const lately: Readonly<Record<string, string>> = {
  disk_total_bytes: "7e13",
  disk_used_bytes: "7e13 * (0.4 + (n % 50) * 0.01 + day * 0.002)",
  stored_bytes: "6.9e13 * (0.4 + (n % 50) * 0.01 + day * 0.002)",
  cpu_cores: "16",
  link_bps: "1e10",
  clock_skew_ms: "8",
};

/** Figures of a fleet in daily rhythm; old minutes leave out what no page asks of them. */
function insertReadings(table: string, { from, to, kind }: Minutes): string {
  const gauges = Object.entries(kind === "busy" ? { ...always, ...lately } : always);
  const columns = gauges.flatMap(([gauge]) => [`${gauge}_sum`, `${gauge}_n`, `${gauge}_max`]);
  const figures = gauges.map(([, figure]) => `(${figure}) * 60, 60, ${figure}`);
  return `
    INSERT INTO ${table} (node, at, ${columns.join(", ")})
    SELECT n, m, ${figures.join(", ")}
    FROM (SELECT m, extract(epoch FROM m - ${moment(from)})::float8 / 86400 AS day,
                 sin(extract(epoch FROM m)::float8 / 13750) AS wave
          FROM generate_series(${moment(from)}, ${moment(to - 1)}, interval '1 min') AS m) AS minutes
    CROSS JOIN generate_series(1, ${nodeCount}) AS n
    ON CONFLICT DO NOTHING`;
}

/** Hours of the thirty days and days of the last ninety. */
async function fillCoarse(client: Client, until: Date): Promise<void> {
  for (const { grain, days, step } of [
    { grain: "1h", days: historyDays, step: "1 h" },
    { grain: "1d", days: 90, step: "1 day" },
  ]) {
    const from = Math.floor(until.getTime() / dayMs) * dayMs - days * dayMs;
    for (let ms = from; ms <= until.getTime() + dayMs; ms += dayMs)
      await createPartitions(client, ms, coarseTables);
    const series = `generate_series(${moment(from)}, ${moment(until.getTime())}, interval '${step}')`;
    await client.query(
      `INSERT INTO rollup_${grain} (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
       SELECT ${mainnet}, 3, n, m, t.requests, t.failures, 0, 0, t.cells
       FROM ${series} AS m CROSS JOIN generate_series(1, ${nodeCount}) AS n
       JOIN bench_template t ON t.kind = 'busy' AND t.id = (n * 7 + (extract(epoch FROM m) / 3600)::int * 13) % ${templates}
       ON CONFLICT DO NOTHING`,
    );
    await client.query(
      `INSERT INTO reading_${grain} (node, at, disk_used_bytes_sum, disk_used_bytes_n, disk_used_bytes_max, disk_total_bytes_sum,
         disk_total_bytes_n, disk_total_bytes_max, net_out_bps_sum, net_out_bps_n, net_out_bps_max)
       SELECT n, m, used, 1, used, 7e13, 1, 7e13, 1.7e9, 1, 3.1e9
       FROM ${series} AS m CROSS JOIN generate_series(1, ${nodeCount}) AS n
       CROSS JOIN LATERAL (SELECT 7e13 * (0.9 - 0.002 * extract(epoch FROM ${moment(until.getTime())} - m)::float8 / 86400
                                  + 0.0005 * sin(n + extract(epoch FROM m)::float8 / 7000)) AS used) AS grown
       ON CONFLICT DO NOTHING`,
    );
  }
}

async function insertTemplates(client: Client): Promise<void> {
  await client.query(
    "CREATE TABLE bench_template (kind text, id int, cells bigint[] NOT NULL, requests bigint NOT NULL, failures bigint NOT NULL, PRIMARY KEY (kind, id))",
  );
  const insert = (kind: string, id: number, { cells, requests, failures }: Template) =>
    client.query("INSERT INTO bench_template VALUES ($1, $2, $3, $4, $5)", [
      kind,
      id,
      cells,
      requests,
      failures,
    ]);
  for (let id = 0; id < templates; id++) {
    await insert("busy", id, busyTemplate(id + 1));
    await insert("second", id, busyTemplate(id + 1_001, 50));
    await insert("settled", id, settledTemplate(id + 1));
  }
}

async function insertNodes(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO ddc_cluster (network, cluster_id)
     SELECT ${mainnet}, '0x' || left(encode(sha256(n::text::bytea), 'hex'), 40) FROM generate_series(1, 3) AS n`,
  );
  await client.query(
    `INSERT INTO ddc_node (network, node_key, cluster, provider, registered, reported, reported_at, active_at)
     SELECT ${mainnet}, '0x' || encode(sha256(n::text::bytea), 'hex'), 1 + n % 3, '6QProvider' || n % 20,
            jsonb_build_object('host', format('s%s.%s.example', n, site), 'domain', NULL, 'ssl', false, 'httpPort', 8080,
                               'grpcPort', 9090, 'p2pPort', 9070, 'mode', 'Storage', 'clusterId', NULL),
            jsonb_build_object('host.name', format('%s-s%s', site, n), 'service.version', '1.14.' || n % 4,
                               'cloud.region', 'region-' || n % 8, 'ddc.provider', 'Provider ' || n % 20),
            now(), now()
     FROM generate_series(1, ${nodeCount}) AS n CROSS JOIN LATERAL (SELECT 'site' || n % 24 AS site) AS placed`,
  );
}

function moment(ms: number): string {
  return `timestamptz '${new Date(ms).toISOString()}'`;
}

async function openClients(url: string, count: number) {
  const all = Array.from({ length: count }, () => new Client({ connectionString: url }));
  await Promise.all(all.map((client) => client.connect()));
  await Promise.all(
    all.map((client) => client.query("SET synchronous_commit = off; SET maintenance_work_mem = '256MB'")),
  );
  return {
    all,
    /** Each session takes the next item when it is done with its last. */
    share: async <Item>(items: readonly Item[], work: (client: Client, item: Item) => Promise<void>) => {
      const queue = [...items];
      await Promise.all(
        all.map(async (client) => {
          for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(client, item);
        }),
      );
    },
    [Symbol.asyncDispose]: async () => void (await Promise.all(all.map((client) => client.end()))),
  };
}

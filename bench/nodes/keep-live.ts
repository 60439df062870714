import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { encodeNotice, noticeChannel } from "../../server/kernel/notice.ts";
import { createPartitions, mainnet, nodeCount } from "./fill.ts";

/** Writes a second of every node, once a second, until it is disposed of: what ingest does at 50,000 records a second. */
export async function keepLive(url: string): Promise<AsyncDisposable & { seconds(): number }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await createPartitions(client, Date.now());
  await createPartitions(client, Date.now() + 3_600_000);
  let isOver = false;
  let written = 0;
  const run = async () => {
    while (!isOver) {
      const startedAt = Date.now();
      await writeSecond(client, new Date(startedAt), written);
      written += 1;
      await pause(Math.max(0, 1_000 - (Date.now() - startedAt)));
    }
  };
  const running = run();
  return {
    seconds: () => written,
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await running;
      await client.end();
    },
  };
}

async function writeSecond(client: Client, at: Date, round: number): Promise<void> {
  await client.query("BEGIN");
  for (const [table, unit] of [
    ["rollup_1s", "second"],
    ["rollup_1m", "minute"],
  ] as const)
    await client.query(
      `INSERT INTO ${table} AS known (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
       SELECT ${mainnet}, 3, n, date_trunc('${unit}', $1::timestamptz), t.requests, t.failures, 0, 0, t.cells
       FROM generate_series(1, ${nodeCount}) AS n JOIN bench_template t ON t.kind = 'second' AND t.id = (n * 7 + $2::int * 5) % 64
       ON CONFLICT (scope, network, subject, at) DO UPDATE
       SET requests = known.requests + excluded.requests, failures = known.failures + excluded.failures,
           cells = cells_merge(known.cells, excluded.cells)`,
      [at, round],
    );
  for (const [table, unit] of [
    ["reading_1s", "second"],
    ["reading_1m", "minute"],
  ] as const)
    await client.query(
      `INSERT INTO ${table} AS known (node, at, cpu_sum, cpu_n, memory_sum, memory_n, disk_sum, disk_n, net_in_bps_sum, net_in_bps_n,
         net_out_bps_sum, net_out_bps_n, stored_bytes_sum, stored_bytes_n, disk_total_bytes_max)
       SELECT n, date_trunc('${unit}', $1::timestamptz), 0.3 + 0.2 * random(), 1, 0.6, 1, 0.6, 1, 2e8, 1, 1.7e9 * random(), 1, 4e13, 1, 7e13
       FROM generate_series(1, ${nodeCount}) AS n
       ON CONFLICT (node, at) DO UPDATE
       SET cpu_sum = known.cpu_sum + excluded.cpu_sum, cpu_n = known.cpu_n + 1, memory_sum = known.memory_sum + excluded.memory_sum,
           memory_n = known.memory_n + 1, disk_sum = known.disk_sum + excluded.disk_sum, disk_n = known.disk_n + 1,
           net_in_bps_sum = known.net_in_bps_sum + excluded.net_in_bps_sum, net_in_bps_n = known.net_in_bps_n + 1,
           net_out_bps_sum = known.net_out_bps_sum + excluded.net_out_bps_sum, net_out_bps_n = known.net_out_bps_n + 1`,
      [at],
    );
  await client.query("UPDATE ddc_node SET reported_at = $1, active_at = $1", [at]);
  for (const topic of ["nodes.activity", "nodes.readings"])
    await client.query("SELECT pg_notify($1, $2)", [
      noticeChannel,
      encodeNotice({ topic, network: mainnet, ids: "all", at: at.getTime() }),
    ]);
  await client.query("COMMIT");
}

import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { operations, packCell, statuses } from "../../server/kernel/cells.ts";
import { latencyBin } from "../../server/kernel/latency.ts";
import { encodeNotice, noticeChannel } from "../../server/kernel/notice.ts";
import type { BenchNode } from "./fixture.ts";

/** A node's word: `at` is what the database says it was heard at, `committedAt` when the commit was sent. Epoch ms. */
export type Write = { key: string; at: number; committedAt: number };

const mainnet = 3;
/** As ingest: what came in is flushed four times a second, in one transaction. */
const flushMs = 250;
const requestsPerSecond = 12;

/** Every node once a second, spread evenly; each write as ingest does it, with its notices, until the time is over. */
export async function writeNodes(
  client: Client,
  nodes: readonly BenchNode[],
  forMs: number,
): Promise<Write[]> {
  const writes: Write[] = [];
  const perFlush = Math.ceil((nodes.length * flushMs) / 1_000);
  const startedAt = Date.now();
  for (let flush = 0; Date.now() - startedAt < forMs; flush += 1) {
    await pause(Math.max(0, startedAt + flush * flushMs - Date.now()));
    const first = (flush * perFlush) % (perFlush * (1_000 / flushMs));
    writes.push(...(await writeFlush(client, nodes.slice(first, first + perFlush))));
  }
  return writes;
}

async function writeFlush(client: Client, nodes: readonly BenchNode[]): Promise<Write[]> {
  const at = Date.now();
  const moment = new Date(at);
  const ids = nodes.map(({ id }) => id);
  await client.query("BEGIN");
  for (const [table, unit] of [
    ["rollup_1s", "second"],
    ["rollup_1m", "minute"],
  ])
    await client.query(
      `INSERT INTO ${table} AS known (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
       SELECT $1, 3, id, date_trunc('${unit}', $3::timestamptz), $4, 0, 1000000, 50000, $5::bigint[] FROM unnest($2::bigint[]) AS id
       ON CONFLICT (scope, network, subject, at) DO UPDATE SET requests = known.requests + excluded.requests,
         cells = cells_merge(known.cells, excluded.cells)`,
      [mainnet, ids, moment, requestsPerSecond, cells()],
    );
  for (const [table, unit] of [
    ["reading_1s", "second"],
    ["reading_1m", "minute"],
  ])
    await client.query(
      `INSERT INTO ${table} AS known (node, at, cpu_sum, cpu_n, memory_sum, memory_n, net_in_bps_sum, net_in_bps_n)
       SELECT id, date_trunc('${unit}', $2::timestamptz), 0.4, 1, 0.6, 1, 1e9, 1 FROM unnest($1::int[]) AS id
       ON CONFLICT (node, at) DO UPDATE SET cpu_sum = known.cpu_sum + excluded.cpu_sum, cpu_n = known.cpu_n + 1`,
      [ids, moment],
    );
  await client.query("UPDATE ddc_node SET reported_at = $2, active_at = $2 WHERE id = ANY ($1)", [
    ids,
    moment,
  ]);
  for (const topic of ["nodes.activity", "nodes.readings"])
    await client.query("SELECT pg_notify($1, $2)", [
      noticeChannel,
      encodeNotice({ topic, network: mainnet, ids: ids.map(String), at }),
    ]);
  const committedAt = Date.now();
  await client.query("COMMIT");
  return nodes.map(({ key }) => ({ key, at, committedAt }));
}

function cells(): number[] {
  const get = operations.indexOf("get");
  const ok = statuses.indexOf("ok");
  return Array.from({ length: requestsPerSecond }, () =>
    packCell(get, ok, latencyBin(2_000 + Math.random() * 80_000), 1),
  );
}

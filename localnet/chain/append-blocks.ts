import type { Client } from "pg";
import type { LocalNetwork } from "../network/local-network.ts";
import { type BlockEvents, blockEvents, blockHash } from "./block-events.ts";
import { copyRows } from "./copy-rows.ts";
import { type Buckets, rowsOfEvents, type TableRows } from "./event-rows.ts";

/** GRANDPA finalises about so many blocks behind the head; the indexer keeps those in between as hot blocks. */
const hotBlocks = 2;
const blocksPerTransaction = 20_000;

export type IndexerHead = { height: number; buckets: Buckets };

/** Where an indexer database stands. */
export async function readHead(client: Client): Promise<IndexerHead> {
  const { rows: heads } = await client.query<{ height: number }>(
    `SELECT max(height)::int AS height
     FROM (SELECT height FROM squid_processor.status UNION ALL SELECT height FROM squid_processor.hot_block) AS known`,
  );
  const { rows } = await client.query<{ height: number }>(
    "SELECT created_at_block_height AS height FROM ddc_bucket ORDER BY id::bigint",
  );
  return { height: heads[0]?.height ?? -1, buckets: { createdAt: rows.map((row) => row.height) } };
}

/** Writes all blocks up to `height`, as the squid does: the newest ones stay hot until they are final. */
export async function appendBlocks(
  client: Client,
  network: LocalNetwork,
  { head, height }: { head: IndexerHead; height: number },
): Promise<IndexerHead> {
  let { height: at, buckets } = head;
  while (at < height) {
    const last = Math.min(height, at + blocksPerTransaction);
    const next = { createdAt: [...buckets.createdAt] };
    await inTransaction(client, () => appendRange(client, network, { first: at + 1, last, buckets: next }));
    at = last;
    buckets = next;
  }
  return { height: at, buckets };
}

type Range = { first: number; last: number; buckets: Buckets };

async function appendRange(
  client: Client,
  network: LocalNetwork,
  { first, last, buckets }: Range,
): Promise<void> {
  const heights = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const events = heights.map((height) => blockEvents(network, height)).filter((block) => block !== null);
  const { tables, balances } = rowsOfEvents(network, events, buckets);
  for (const rows of tables) await copyRows(client, rows);
  await client.query(
    `UPDATE account SET ddc_active_balance = greatest(0, ddc_active_balance + change)
     FROM unnest($1::varchar[], $2::numeric[]) AS changed (account, change) WHERE account.id = changed.account`,
    [[...balances.keys()], [...balances.values()].map(String)],
  );
  const final = last - hotBlocks;
  await client.query("UPDATE squid_processor.status SET height = $1, hash = $2, nonce = nonce + 1", [
    final,
    blockHash(network, final),
  ]);
  await client.query("DELETE FROM squid_processor.hot_block WHERE height <= $1", [final]);
  for (const height of heights.filter((height) => height > final)) {
    await client.query("INSERT INTO squid_processor.hot_block (height, hash) VALUES ($1, $2)", [
      height,
      blockHash(network, height),
    ]);
    await logHotChanges(client, height, hotRows(tables, events, height));
  }
}

type Change = { kind: "insert"; table: string; id: string };

/** What would have to be undone if the block turned out not to be final. */
async function logHotChanges(client: Client, height: number, changes: readonly Change[]): Promise<void> {
  for (const [index, change] of changes.entries())
    await client.query(
      "INSERT INTO squid_processor.hot_change_log (block_height, index, change) VALUES ($1, $2, $3)",
      [height, index, JSON.stringify(change)],
    );
}

function hotRows(tables: readonly TableRows[], events: readonly BlockEvents[], height: number): Change[] {
  if (!events.some((block) => block.height === height)) return [];
  return tables.flatMap(({ table, rows }) =>
    rows
      .map((row) => String(row[0]))
      .filter((id) => id.startsWith(`${height}-`))
      .map((id) => ({ kind: "insert" as const, table, id })),
  );
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

import type { LocalNetwork } from "../network/local-network.ts";
import { type BlockEvents, usageTotals } from "./block-events.ts";

export type Row = readonly (string | number | boolean | null)[];
export type TableRows = { table: string; columns: string; rows: Row[] };

/** The buckets that exist, and since which block. Grows while events are turned into rows. */
export type Buckets = { createdAt: number[] };

/** Rows of the indexer's tables, in the order in which foreign keys allow them, and what balances change by. */
export type EventRows = { tables: TableRows[]; balances: Map<string, bigint> };

export function rowsOfEvents(
  network: LocalNetwork,
  events: readonly BlockEvents[],
  buckets: Buckets,
): EventRows {
  const bucketRows: Row[] = [];
  const usage: Row[] = [];
  const deposits: Row[] = [];
  const charges: Row[] = [];
  const balances = new Map<string, bigint>();
  for (const block of events) {
    const at = new Date(network.timeOf(block.height)).toISOString();
    if (block.createsBucket) {
      buckets.createdAt.push(block.height);
      bucketRows.push(bucketRow(network, buckets.createdAt.length, block.height));
    }
    for (const share of block.usage)
      usage.push(usageRow(network, buckets, { share, height: block.height, at }));
    for (const { account, amount } of block.deposits) {
      deposits.push([`${block.height}-${account}`, at, String(amount), account]);
      balances.set(account, (balances.get(account) ?? 0n) + amount);
    }
    for (const { account, amount } of block.charges) {
      charges.push([`${block.height}-${account}`, at, String(amount), account]);
      balances.set(account, (balances.get(account) ?? 0n) - amount);
    }
  }
  const tables = [
    { table: "ddc_bucket", columns: bucketColumns, rows: bucketRows },
    { table: "ddc_bucket_usage", columns: usageColumns, rows: usage },
    { table: "ddc_customer_deposit", columns: ledgerColumns, rows: deposits },
    { table: "ddc_customer_charge", columns: ledgerColumns, rows: charges },
  ];
  return { tables: tables.filter(({ rows }) => rows.length > 0), balances };
}

export const bucketColumns =
  "id, is_public, is_removed, owner_id_id, cluster_id_id, created_at_block_height, created_at_block_timestamp";
const usageColumns =
  "id, block_height, block_timestamp, transferred_bytes, stored_bytes, number_of_puts, number_of_gets, bucket_id_id";
const ledgerColumns = "id, block_timestamp, amount, account_id_id";

export function bucketRow(network: LocalNetwork, number: number, height: number): Row {
  const bucket = network.bucket(number);
  const createdAt = new Date(network.timeOf(height)).toISOString();
  const isRemoved = number % 41 === 0;
  return [String(number), bucket.isPublic, isRemoved, bucket.owner.ss58, bucket.clusterId, height, createdAt];
}

type Report = { share: number; height: number; at: string };

function usageRow(network: LocalNetwork, buckets: Buckets, { share, height, at }: Report): Row {
  const number = 1 + Math.floor(share * buckets.createdAt.length);
  const total = usageTotals(network, number, height - (buckets.createdAt[number - 1] ?? height));
  return [
    `${height}-${number}`,
    height,
    at,
    String(total.transferredBytes),
    String(total.storedBytes),
    String(total.puts),
    String(total.gets),
    String(number),
  ];
}

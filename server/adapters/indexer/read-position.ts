import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import type { IndexerFamily, IndexerPosition } from "../../ports/chain-index.ts";
import type { Read } from "./indexer-pool.ts";

const statusRow = z.object({
  height: z.int(),
  hash: z
    .string()
    .nullable()
    .transform((hash) => hash ?? "0x"),
  hot_blocks: z.int(),
  hot_height: z.int().nullable(),
});
const datedRow = z.object({ height: z.coerce.number().int(), at: z.date() });

const statusQuery = `
  SELECT status.height, status.hash, hot.blocks AS hot_blocks, hot.height AS hot_height
  FROM squid_processor.status
  CROSS JOIN (SELECT count(*)::integer AS blocks, max(height) AS height FROM squid_processor.hot_block) AS hot
  WHERE status.id = 0`;

/** The newest row of a table that carries a height and a time; each is one step down an index of the squid. */
const newest = (table: string, height: string, at: string) =>
  `(SELECT ${height} AS height, ${at} AS at FROM ${table} ORDER BY ${at} DESC LIMIT 1)`;
const heightOfId = "split_part(id, '-', 1)::numeric";

const datedSources: Record<IndexerFamily, readonly string[]> = {
  ddc: [
    newest("ddc_customer_charge", heightOfId, "block_timestamp"),
    newest("ddc_customer_deposit", heightOfId, "block_timestamp"),
    newest("ddc_bucket_usage", "block_height", "block_timestamp"),
    newest("ddc_customer_usage", "block_height", "block_timestamp"),
    newest("ddc_node_usage", "block_height", "block_timestamp"),
  ],
  chain: [newest("block", "height", `"timestamp"`)],
  staking: [
    newest("native_transfer", "block_number", `"timestamp"`),
    `(SELECT block_number AS height, "timestamp" AS at FROM staking_reward ORDER BY block_number DESC LIMIT 1)`,
  ],
  governance: [
    newest("vote", "block_number", `"timestamp"`),
    newest("proposal", "created_at_block", "created_at"),
    newest("curve_data", "block", `"timestamp"`),
  ],
};

/** Facts of `squid_processor` and the newest dated row: facts of the Subsquid TypeORM store, state schema `squid_processor`. */
export async function readPosition(read: Read, family: IndexerFamily): Promise<IndexerPosition> {
  const [row] = await read(statusQuery);
  if (row === undefined) throw neverRan();
  const status = statusRow.parse(row);
  const datedQuery = `SELECT height, at FROM (${datedSources[family].join(" UNION ALL ")}) AS rows
    WHERE height IS NOT NULL AND at IS NOT NULL ORDER BY height DESC LIMIT 1`;
  const dated = (await read(datedQuery)).map((found) => datedRow.parse(found)).at(0) ?? null;
  return {
    finalizedHeight: status.height,
    finalizedHash: status.hash,
    height: Math.max(status.height, status.hot_height ?? status.height),
    hotBlocks: status.hot_blocks,
    dated,
  };
}

function neverRan(): AppError {
  return new AppError("upstream", "The indexer has not written its position yet: it never ran.", {
    problem: "foreign",
  });
}

import { z } from "zod";
import { pageBatches } from "../exports/page-batches.ts";
import { defineExport, parseQuery } from "../exports/source.ts";
import { networkSchema } from "../nodes/schema.ts";
import { listWithin } from "./list-records.ts";
import { type AccessRecord, accessFilterShape, listRecordsInput } from "./schema.ts";

const rowsABatch = 1_000;
const batchBudgetMs = 2_000;
const words = z
  .string()
  .max(200)
  .optional()
  .transform((text) => text?.split(",").filter(Boolean));

export const accessExport = defineExport({
  name: "access",
  about: "Who read or wrote what: the records of the filter, newest first",
  role: "viewer",
  query: z.object({ ...accessFilterShape, network: networkSchema, operation: words, status: words }),
  open: async (ctx, query) => {
    const input = parseQuery(listRecordsInput, { ...query, limit: rowsABatch });
    return {
      fileName: `access-${input.network}`,
      title: `Access records of ${input.network}`,
      columns: [...columns.keys()],
      total: null,
      batches: pageBatches((cursor) => listWithin(ctx, { ...input, cursor }, batchBudgetMs), toExportRow),
    };
  },
});

const columns = new Map<string, (record: AccessRecord) => string | number | boolean | null>([
  ["at", ({ at }) => at],
  ["account", ({ account }) => account],
  ["operation", ({ operation }) => operation],
  ["bucket", ({ bucket }) => bucket],
  ["cid", ({ cid }) => cid],
  ["node_key", ({ nodeKey }) => nodeKey],
  ["bytes", ({ bytes }) => bytes],
  ["size_bytes", ({ sizeBytes }) => sizeBytes],
  ["status", ({ status }) => status],
  ["answer", ({ answer }) => answer],
  ["reason", ({ reason }) => reason],
  ["latency_ms", ({ latencyMs }) => latencyMs],
  ["grant_expires_at", ({ grant }) => grant?.expiresAt ?? null],
  ["is_after_end", ({ isAfterEnd }) => isAfterEnd],
  ["topic", ({ topic }) => topic],
  ["partition", ({ partition }) => partition],
  ["offset", ({ offset }) => offset],
]);

function toExportRow(record: AccessRecord) {
  return Object.fromEntries([...columns].map(([name, read]) => [name, read(record)]));
}

import { fileText } from "../../server/features/exports/file-text.ts";
import { bucketObjectsExport } from "../../server/features/inventory/exports.ts";
import type { Database } from "../../server/ports/database.ts";
import { aCtx } from "../../server/testing/a-ctx.ts";

/** The objects of the largest bucket as CSV: time to the first bytes, and how much memory grows to the last. */
export async function measureExport(db: Database, say: (line: string) => void) {
  const startedAt = performance.now();
  const opened = await bucketObjectsExport.open(aCtx({ db }), { network: "mainnet", bucket: "0" });
  const at = new Date();
  const signal = new AbortController().signal;
  let firstByteMs = 0;
  let bytes = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for await (const text of fileText(opened, {
    format: "csv",
    at,
    maxRows: bucketObjectsExport.maxRows,
    signal,
  })) {
    if (bytes === 0) firstByteMs = Math.round(performance.now() - startedAt);
    bytes += text.length;
    const mb = process.memoryUsage().rss / 2 ** 20;
    lowest = Math.min(lowest, mb);
    highest = Math.max(highest, mb);
  }
  const exportRssGrowthMb = Math.round(highest - lowest);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  say(
    `export: first bytes after ${firstByteMs} ms, ${bytes} bytes in ${seconds} s, memory grew ${exportRssGrowthMb} MB`,
  );
  return { exportFirstByteMs: firstByteMs, exportRssGrowthMb };
}

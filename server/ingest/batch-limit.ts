/** Taken and not yet on its way into the database. As much again may be on its way. */
export const mostBatchBytes = 10 * 1024 * 1024;
const leastBatchBytes = 192 * 1024;
const slowMs = 4_000;
const quickMs = 1_000;

/**
 * How much the next flush may hold. What failed or took long would do so again: a database that is slow for a while gets
 * smaller pieces, down to some that it can take, and larger ones again when it is quick.
 */
export function nextBatchLimit(limitBytes: number, flush: { isWritten: boolean; ms: number }): number {
  if (!flush.isWritten || flush.ms > slowMs) return Math.max(leastBatchBytes, limitBytes / 2);
  return flush.ms < quickMs ? Math.min(mostBatchBytes, limitBytes * 2) : limitBytes;
}

/** What a bucket did on a day: requests, and bytes read and written. */
export type Work = { requests: bigint; bytes: bigint };

/**
 * Which part of its owner's charge a bucket is given. The chain charges per account and era
 * (pallet ddc-customers, event Charged) and says nothing of buckets, so this is a split by what was done: half by
 * requests and half by bytes, each as a share of what all buckets of the owner did. A half in which nothing was done
 * leaves its weight to the other. Base units, rounded down; null when no bucket of the owner did anything.
 */
export function allocateCharge(charged: bigint, own: Work, all: Work): bigint | null {
  if (all.requests === 0n && all.bytes === 0n) return null;
  if (all.bytes === 0n) return (charged * own.requests) / all.requests;
  if (all.requests === 0n) return (charged * own.bytes) / all.bytes;
  return (charged * (own.requests * all.bytes + own.bytes * all.requests)) / (2n * all.requests * all.bytes);
}

export const allocationRule =
  "The chain charges an account, not a bucket. Each day's charge is split over the owner's buckets: half by requests, half by bytes moved.";

// The words of lists of buckets and pieces, without the schemas: pages load them.

export const bucketSorts = [
  "requests24h",
  "reads24h",
  "writes24h",
  "writtenBytes",
  "readBytes24h",
  "objects",
  "lastSeen",
  "bucket",
] as const;
export type BucketSort = (typeof bucketSorts)[number];

export const visibilities = ["public", "private", "unregistered"] as const;

/** How an object is known: a CNS name points to it, a DAG node links to it, a record of activity names it. */
export const knownBits = { cns: 1, dag: 2, activity: 4 } as const;
export const knownWays = ["cns", "dag", "activity"] as const;
export type KnownWay = (typeof knownWays)[number];

export function knownWaysOf(bits: number): KnownWay[] {
  return knownWays.filter((way) => (bits & knownBits[way]) !== 0);
}

export const objectSorts = ["newest", "oldest"] as const;

/** Newest requests that a page looks at for nodes, readers and latency: bounded, whatever a bucket does in a second. */
export const newestRequests = 1_000;

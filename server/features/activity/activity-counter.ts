import type { Notice } from "../../kernel/notice.ts";
import type { RetentionAt } from "../../kernel/retention.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { KnownNode } from "../../ports/directory.ts";
import type { ActivityFacts } from "./rules.ts";

/** One record that is stored, with the small integers of what it names. */
export type StoredActivity = {
  facts: ActivityFacts;
  network: number;
  node: KnownNode;
  client: number | null;
  grant: number | null;
  /** ingest_offset.id and the offset in that partition. */
  source: number;
  offset: number;
};

/**
 * Something that every flush of activity keeps: it sees each record once that the flush stores (repeats and dead letters
 * never reach it), merges in memory, and writes in the flush's own transaction. Rows of a statement go in key order, because
 * several workers may write the same ones.
 */
export type ActivityCounter = {
  /** Called for tens of thousands of records a second. The record is used again after the call. */
  add(record: StoredActivity): void;
  /** Memory that waits, for back-pressure; 0 where it hardly grows. */
  readonly bytes: number;
  /** Tables partitioned by time, and the times that its rows will have in them. */
  times(settings: RetentionAt): Iterable<readonly [table: string, times: ReadonlySet<number>]>;
  write(tx: BulkTransaction, settings: RetentionAt): Promise<readonly Notice[]>;
  clear(): void;
};

import type { Notice } from "../kernel/notice.ts";
import type { RecentNames } from "../kernel/recent-names.ts";
import type { BulkTransaction } from "./bulk-store.ts";
import type { LogRecord, Partition } from "./event-log.ts";

/** One partition that this worker reads. */
export type Lane = Partition & {
  /** Id of the network that the topic belongs to, unless a record names another; null where topics are for all. */
  network: number | null;
  /** ingest_offset.id. */
  source: number;
  recent: RecentNames;
};

export type Added = {
  records: number;
  duplicates: number;
  /** Names of what was added, with the offset of each; names as two 32-bit halves. */
  offsets: readonly number[];
  names: readonly number[];
  /** Newest record time, ms; null when nothing was added. */
  newestAt: number | null;
};

/** What one slice of the log says, on its way into the next flush. */
export type Reading = {
  /** Null: understood. Else the reason why the record goes to dead letters. */
  take(record: LogRecord): string | null;
  /** Looks up what the records name. */
  settle(): Promise<void>;
  /** Adds everything to what waits for the next flush, at once. */
  add(): Added;
};

/** Everything that waited, taken out in one step. */
export type Cut = {
  /** Tables partitioned by time, and the times that rows will have in them. */
  times: ReadonlyMap<string, ReadonlySet<number>>;
  /** Ids of the rows of ddc_node that it will write: those of all cuts are locked before the first is written. */
  nodes: readonly number[];
  /** Writes rows and counters, and says what changed. */
  write(tx: BulkTransaction): Promise<Notice[]>;
};

/** One kind of topic: how its records become rows and counters. */
export type IngestBinding = {
  name: string;
  read(lane: Lane, at: Date): Reading;
  pendingBytes(): number;
  cut(at: Date): Cut;
  /** Forgets what waits: it will be read again. */
  drop(): void;
};

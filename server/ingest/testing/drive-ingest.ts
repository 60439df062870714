import { recordBatch, recordTail } from "../../../localnet/kafka/record-batch.ts";
import { readRecordBatch } from "../../adapters/kafka/record-batch.ts";
import { openBulkStore } from "../../adapters/postgres/open-bulk-store.ts";
import { defaultMetricMap } from "../../features/telemetry/metric-map.ts";
import type { BindingName } from "../../kernel/bindings.ts";
import type { Clock } from "../../kernel/clock.ts";
import { defaultRetention, type Retention } from "../../kernel/retention.ts";
import type { EventLog, LogSlice, OutgoingRecord, RecordBlock } from "../../ports/event-log.ts";
import { silentLogger } from "../../testing/a-ctx.ts";
import type { TestDatabase } from "../../testing/database.ts";
import { ingestBindings } from "../bindings.ts";
import { openDirectory } from "../directory.ts";
import type { ActiveLane } from "../flush-batch.ts";
import { Flusher } from "../flusher.ts";
import { laneAt } from "../lane-at.ts";
import { loadPositions } from "../positions.ts";
import { readSlice } from "../read-slice.ts";
import { openTimePartitions } from "../time-partitions.ts";

export type DrivenRecord = {
  key?: string | Uint8Array | null;
  value: string | Uint8Array;
  headers?: Record<string, string>;
  timestampMs?: number;
};

export type DriveOptions = {
  binding: BindingName;
  clock: Clock;
  network?: number;
  retention?: Partial<Retention>;
};

/** The way of one partition from record batches to the database, without a broker: every step but the log itself. */
export type DrivenLane = AsyncDisposable & {
  lane: ActiveLane;
  /** Appends records behind what was delivered before. */
  deliver(records: readonly DrivenRecord[]): Promise<void>;
  /** A block as the log gave it, at the next offset. */
  deliverBlock(block: RecordBlock): Promise<void>;
  /** Rejects with what made the flush fail. */
  flush(): Promise<void>;
  published: OutgoingRecord[];
};

const topic = "driven";

export async function driveLane(db: TestDatabase, options: DriveOptions): Promise<DrivenLane> {
  const { clock, network = 3 } = options;
  const published: OutgoingRecord[] = [];
  const log = logOf(published);
  const retention = { ...defaultRetention, ...options.retention };
  const directory = openDirectory(db);
  await directory.refresh();
  const parts = { directory, retention: () => retention, metricMap: () => defaultMetricMap };
  const binding = ingestBindings[options.binding](parts);
  const store = openBulkStore({ connectionString: db.url, applicationName: "driven" });
  const flusher = new Flusher({
    store,
    log,
    partitions: openTimePartitions(db),
    bindings: [binding],
    deadLettersTopic: "driven.dead",
    clock,
    observer: { flushed: () => {}, failed: () => {} },
    everyMs: 250,
  });
  let failure: unknown = null;
  flusher.listen({
    onCommitted: () => {},
    onFailed: (error) => {
      failure = error;
    },
  });
  const [position] = await loadPositions(db, log, [{ topic, partition: 0 }]);
  if (!position) throw new Error("There is no position.");
  const { lane } = laneAt(position, { binding: binding.name, network }, silentLogger);

  const take = async (blocks: readonly RecordBlock[], lastOffset: number) => {
    const slice: LogSlice = {
      topic,
      partition: 0,
      fetchedOffset: lane.next,
      lastOffset,
      highWatermark: lastOffset + 1,
      blocks,
      heartbeat: async () => {},
    };
    const reading = binding.read(lane, clock.now());
    const letters = readSlice({ binding: binding.name, slice, from: lane.next, reading });
    await reading.settle();
    flusher.add({ lane, slice, letters, reading });
  };
  return {
    lane,
    published,
    deliver: async (records) => {
      const block = blockOf(records, lane.next, clock.now().getTime());
      await take([block], block.lastOffset);
    },
    deliverBlock: (block) => take([block], block.lastOffset),
    flush: async () => {
      failure = null;
      await flusher.flush();
      if (failure) throw failure;
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

/** The records as a batch of the real format at an offset, read back as the adapter reads it. */
function blockOf(records: readonly DrivenRecord[], firstOffset: number, nowMs: number): RecordBlock {
  const batch = recordBatch();
  for (const { key, value, headers, timestampMs } of records) {
    const { tail } = recordTail({
      key: key == null ? null : Buffer.from(key),
      value: Buffer.from(value),
      headers: headers ?? {},
    });
    batch.append(tail, timestampMs ?? nowMs);
  }
  const bytes = Buffer.from(batch.take().batch);
  bytes.writeBigInt64BE(BigInt(firstOffset), 0);
  const read = readRecordBatch(bytes, 0);
  if (!read) throw new Error("The batch is cut off.");
  return read.block;
}

/** A log that has always more, of which only letters are kept. */
function logOf(published: OutgoingRecord[]): EventLog {
  return {
    consume: () => {
      throw new Error("Nothing is consumed here.");
    },
    publish: async (_topic, records) => {
      published.push(...records);
    },
    bounds: async () => [{ partition: 0, first: 0, next: Number.MAX_SAFE_INTEGER }],
    offsetAt: async () => 0,
    close: async () => {},
  };
}

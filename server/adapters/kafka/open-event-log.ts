import { type Admin, Kafka, logLevel } from "kafkajs";
import type { Clock } from "../../kernel/clock.ts";
import type { EventLog, PartitionBounds } from "../../ports/event-log.ts";
import type { Logger } from "../../ports/logger.ts";
import { consumeGroup } from "./consume-group.ts";
import { openPublisher } from "./open-publisher.ts";
import { installWholeBatches } from "./whole-batches.ts";

export type EventLogOptions = {
  brokers: readonly string[];
  clientId: string;
  log: Logger;
  clock: Clock;
  /** After so long without a word from a member its partitions go to others. */
  sessionTimeoutMs?: number;
};

const sessionTimeoutMs = 10_000;

/** Kafka through kafkajs. Connects when first used. */
export function openEventLog(options: EventLogOptions): EventLog {
  installWholeBatches();
  const kafka = buildKafka(options);
  const publisher = openPublisher(kafka);
  return {
    consume: (consume) => consumeGroup({ sessionTimeoutMs, ...options, ...consume, kafka }),
    publish: publisher.publish,
    bounds: (topic) => withAdmin(kafka, (admin) => boundsOf(admin, topic)),
    offsetAt: ({ topic, partition }, at) =>
      withAdmin(kafka, async (admin) => {
        const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, at.getTime());
        const found = offsets.find((offset) => offset.partition === partition);
        if (!found) throw new Error(`Topic ${topic} has no partition ${partition}.`);
        return Number(found.offset);
      }),
    close: publisher.close,
  };
}

/** Short waits: outages are for the callers to see and to sit out, not for kafkajs to hide. */
function buildKafka({ brokers, clientId, log }: EventLogOptions): Kafka {
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 10_000,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => {
      const { message, timestamp: _timestamp, logger: _logger, ...fields } = entry.log;
      log.debug({ part: entry.namespace, ...fields }, message);
    },
  });
}

async function withAdmin<Result>(kafka: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function boundsOf(admin: Admin, topic: string): Promise<PartitionBounds[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.map(({ partition, low, high }) => ({ partition, first: Number(low), next: Number(high) }));
}

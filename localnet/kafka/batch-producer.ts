import { type BrokerConnection, connectBroker } from "./broker-connection.ts";
import { withAdmin } from "./running-kafka.ts";

/** A finished record batch (see record-batch.ts) for one partition. */
export type PartitionBatch = { topic: string; partition: number; batch: Uint8Array; records: number };

/** Sends finished record batches. At most one batch a partition in one call. */
export type BatchProducer = {
  /** How many partitions each topic has. */
  partitions(topics: readonly string[]): Promise<Map<string, number>>;
  /** Resolves when all in-sync replicas have them. After an error some may have arrived. */
  send(batches: readonly PartitionBatch[]): Promise<void>;
  close(): void;
};

/** From this version on brokers take zstd. */
const produce = { key: 0, version: 7 };
const produceTimeoutMs = 15_000;

type Leader = { id: number; host: string; port: number };

export function batchProducer(brokers: readonly string[]): BatchProducer {
  const connections = new Map<number, Promise<BrokerConnection>>();
  let leaders = new Map<string, Leader>();

  const forget = () => {
    for (const connection of connections.values())
      connection.then(
        (open) => open.close(),
        () => {},
      );
    connections.clear();
    leaders = new Map();
  };
  const connectionTo = (leader: Leader) => {
    const known = connections.get(leader.id) ?? connectBroker(leader.host, leader.port);
    connections.set(leader.id, known);
    return known;
  };
  const sendTo = async (leader: Leader, batches: readonly PartitionBatch[]) => {
    const connection = await connectionTo(leader);
    requireSuccess(await connection.request(produce, produceBody(batches)));
  };
  return {
    partitions: async (topics) => {
      const found = await findLeaders(brokers, topics);
      const counts = new Map<string, number>();
      for (const key of found.keys()) {
        const topic = key.slice(0, key.lastIndexOf("/"));
        counts.set(topic, (counts.get(topic) ?? 0) + 1);
      }
      return counts;
    },
    send: async (batches) => {
      try {
        const topics = [...new Set(batches.map(({ topic }) => topic))];
        const isUnknown = batches.some((batch) => !leaders.has(keyOf(batch)));
        if (isUnknown) leaders = new Map([...leaders, ...(await findLeaders(brokers, topics))]);
        const byLeader = Map.groupBy(batches, (batch) => leaders.get(keyOf(batch)));
        await Promise.all(
          [...byLeader].map(([leader, group]) =>
            leader ? sendTo(leader, group) : Promise.reject(noLeader(group)),
          ),
        );
      } catch (error) {
        // Leaders may have moved: ask again next time.
        forget();
        throw error;
      }
    },
    close: forget,
  };
}

function keyOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`;
}

function noLeader(batches: readonly PartitionBatch[]): Error {
  return new Error(`No leader for ${batches.map(keyOf).join(", ")}.`);
}

async function findLeaders(
  brokers: readonly string[],
  topics: readonly string[],
): Promise<Map<string, Leader>> {
  return withAdmin(brokers, async (admin) => {
    const { brokers: known } = await admin.describeCluster();
    const metadata = await admin.fetchTopicMetadata({ topics: [...topics] });
    const byId = new Map(known.map(({ nodeId, host, port }) => [nodeId, { id: nodeId, host, port }]));
    const found = metadata.topics.flatMap(({ name, partitions }) =>
      partitions.map(
        ({ partitionId, leader }) =>
          [keyOf({ topic: name, partition: partitionId }), byId.get(leader)] as const,
      ),
    );
    return new Map(found.flatMap(([key, leader]) => (leader ? [[key, leader] as const] : [])));
  });
}

/** ProduceRequest version 7: no transaction, acknowledged by all in-sync replicas. */
function produceBody(batches: readonly PartitionBatch[]): Uint8Array[] {
  const byTopic = Map.groupBy(batches, ({ topic }) => topic);
  const start = Buffer.alloc(12);
  start.writeInt16BE(-1, 0);
  start.writeInt16BE(-1, 2);
  start.writeInt32BE(produceTimeoutMs, 4);
  start.writeInt32BE(byTopic.size, 8);
  const topics = [...byTopic].flatMap(([topic, group]) => {
    const name = Buffer.from(topic);
    const header = Buffer.alloc(2 + name.length + 4);
    header.writeInt16BE(name.length, 0);
    name.copy(header, 2);
    header.writeInt32BE(group.length, 2 + name.length);
    return [header, ...group.flatMap(partitionParts)];
  });
  return [start, ...topics];
}

function partitionParts({ partition, batch }: PartitionBatch): Uint8Array[] {
  const header = Buffer.alloc(8);
  header.writeInt32BE(partition, 0);
  header.writeInt32BE(batch.length, 4);
  return [header, batch];
}

/** ProduceResponse version 7: topics, each with partitions of (index, error code, base offset, append time, log start). */
function requireSuccess(answer: Buffer): void {
  let at = 0;
  const topics = answer.readInt32BE(at);
  at += 4;
  for (let topic = 0; topic < topics; topic++) {
    const nameBytes = answer.readInt16BE(at);
    const name = answer.toString("utf8", at + 2, at + 2 + nameBytes);
    at += 2 + nameBytes;
    const partitions = answer.readInt32BE(at);
    at += 4;
    for (let index = 0; index < partitions; index++, at += 30) {
      const code = answer.readInt16BE(at + 4);
      if (code !== 0)
        throw new Error(`Kafka refused records for ${name}/${answer.readInt32BE(at)}: error ${code}.`);
    }
  }
}

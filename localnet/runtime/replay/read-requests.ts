import type { Consumer, Kafka } from "kafkajs";
import { replayRequestSchema } from "../../../server/features/replays/replay-contract-schema.ts";
import type { ReplayDesk } from "./replay-desk.ts";

/** Requests from now on: one that came while nobody listened is not run later, when nobody waits for it any more. */
export async function readRequests(
  kafka: Kafka,
  { topic, group, desk }: { topic: string; group: string; desk: ReplayDesk },
): Promise<Consumer> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  const consumer = kafka.consumer({ groupId: `${group}-replays-${Date.now()}`, maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message }) => {
      const request = replayRequestSchema.safeParse(parseJson(message.value));
      if (request.success) desk.take(request.data);
    },
  });
  for (const { partition, high } of ends) consumer.seek({ topic, partition, offset: high });
  return consumer;
}

function parseJson(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString("utf8") ?? "null");
  } catch {
    return null;
  }
}

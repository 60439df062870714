import { type Kafka, Partitioners } from "kafkajs";
import { anEvent } from "../../localnet/runtime/event-source.ts";

const beatMs = 50;

export type EventLoad = {
  /** Ids of all events that the broker has acknowledged, with when each was written. */
  readonly written: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

/** Writes events for one agent at a steady rate; a beat that came late is made up for by the next one. */
export async function startEventLoad(
  kafka: Kafka,
  plan: { topic: string; agentService: string; eventType: string; perSecond: number },
): Promise<EventLoad> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const written = new Map<string, number>();
  const startedAt = performance.now();
  let begun = 0;
  let sending: Promise<void> = Promise.resolve();
  const beat = async () => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * plan.perSecond) - begun;
    if (due <= 0) return;
    begun += due;
    const events = Array.from({ length: due }, () => anEvent(plan.agentService, plan.eventType));
    const messages = events.map((event) => ({ key: event.account_id, value: JSON.stringify(event) }));
    await producer.send({ topic: plan.topic, acks: 1, messages });
    const at = Date.now();
    for (const { id } of events) written.set(id, at);
  };
  const failed = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    sending = sending.then(beat);
    sending.catch(failed.reject);
  }, beatMs);
  failed.promise.catch(() => clearInterval(timer));
  return {
    written,
    stop: async () => {
      clearInterval(timer);
      await sending;
      await producer.disconnect();
    },
  };
}

import type { Kafka } from "kafkajs";
import { type AgentStatus, statusTypes } from "../../server/features/deployments/desired-state-schema.ts";

export type Handled = { version: string; times: number; failed: boolean; startedAt: string };
/** When an instance said that it has something, and when that was read here. */
export type Word = { saidAt: number; readAt: number };

const patienceMs = 30_000;

/** Everything that runtimes say, as the console hears it: jobs by event, acknowledgements by instance. */
export class StatusLog {
  readonly handled = new Map<string, Handled>();
  fault: string | null = null;
  private readonly words = new Map<string, Map<string, Word>>();
  private readonly waiting = new Map<string, { count: number; resolve: () => void }>();

  static async read(kafka: Kafka, topic: string) {
    const log = new StatusLog();
    const consumer = kafka.consumer({ groupId: `bench-rollout-${Date.now()}` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachBatch: async ({ batch }) => {
        for (const { value } of batch.messages) if (value) log.take(JSON.parse(value.toString("utf8")));
      },
    });
    return { log, stop: () => consumer.disconnect() };
  }

  /** What each of so many instances said of a SET or a revision. */
  async acknowledged(what: "set" | "config", number: number, count: number): Promise<Word[]> {
    const key = `${what} ${number}`;
    const known = () => [...(this.words.get(key)?.values() ?? [])];
    if (known().length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.waiting.set(key, { count, resolve });
      const timer = setTimeout(resolve, patienceMs);
      await promise;
      clearTimeout(timer);
    }
    if (known().length < count)
      throw new Error(
        `Only ${known().length} of ${count} instances acknowledged ${key} within ${patienceMs} ms.`,
      );
    return known();
  }

  private take(status: AgentStatus): void {
    const { type, data } = status;
    if (type === statusTypes.finished || type === statusTypes.failed) {
      const before = this.handled.get(data.eventId);
      const { version, startedAt } = data;
      const failed = type === statusTypes.failed;
      this.handled.set(data.eventId, { version, startedAt, failed, times: (before?.times ?? 0) + 1 });
    } else if (type === statusTypes.acknowledged) this.hear(`set ${data.generation}`, status, data.fault);
    else if (type === statusTypes.configAcknowledged)
      this.hear(`config ${data.revision}`, status, data.fault);
  }

  private hear(key: string, { time, data }: AgentStatus, fault: string | null): void {
    if (fault !== null) this.fault = fault;
    const said = this.words.get(key) ?? new Map<string, Word>();
    said.set(data.instance, { saidAt: Date.parse(time), readAt: Date.now() });
    this.words.set(key, said);
    const waiting = this.waiting.get(key);
    if (waiting && said.size >= waiting.count) waiting.resolve();
  }
}

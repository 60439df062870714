import type { BatchProducer, PartitionBatch } from "../kafka/batch-producer.ts";

const retryMs = 500;

/** Sends until the broker has taken it, as an agent with a queue does: a pause delays records, it loses none. */
export class PatientSender {
  readonly #producer: BatchProducer;
  readonly #signal: AbortSignal;
  #trouble: string | null = null;

  constructor(producer: BatchProducer, signal: AbortSignal) {
    this.#producer = producer;
    this.#signal = signal;
  }

  /** Why nothing gets through at the moment. */
  get trouble(): string | null {
    return this.#trouble;
  }

  async send(batches: readonly PartitionBatch[]): Promise<void> {
    while (batches.length > 0 && !this.#signal.aborted) {
      try {
        await this.#producer.send(batches);
        this.#trouble = null;
        return;
      } catch (error) {
        this.#trouble = error instanceof Error ? error.message : String(error);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }
}

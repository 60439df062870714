import { batchProducer } from "../../localnet/kafka/batch-producer.ts";
import { createTopics } from "../../localnet/kafka/create-topics.ts";
import { localNetwork } from "../../localnet/network/local-network.ts";
import { ActivitySource } from "../../localnet/nodes/activity-source.ts";
import { PatientSender } from "../../localnet/nodes/patient-sender.ts";

/** What the load process is asked for, and what it answers. */
export type LoadRequest =
  /** So many records at once, their times spread over the last `spanMs`. */
  | { kind: "backlog"; records: number; spanMs: number }
  /** Records as they happen. */
  | { kind: "live"; recordsPerSecond: number; ms: number };
export type LoadAnswer = { kind: "done"; records: number; acknowledgedBytes: number; meanValueBytes: number };

export type LoadPlan = { brokers: string[]; topic: string; partitions: number };

const stepRecords = 20_000;
const tickMs = 20;

/** Runs as a process of its own, so that its cost is seen apart from the console's. */
if (process.send) {
  const plan: LoadPlan = JSON.parse(process.argv[2] ?? "");
  await createTopics(plan.brokers, [{ topic: plan.topic, partitions: plan.partitions }]);
  // A topic that was just made has no leader for a moment. What is sent twice is recognised and stored once.
  const sender = new PatientSender(batchProducer(plan.brokers), new AbortController().signal);
  const source = new ActivitySource({
    network: localNetwork("mainnet"),
    topic: plan.topic,
    partitions: plan.partitions,
  });
  process.send({ kind: "ready" });
  process.on("message", (request: LoadRequest) => void answer(request));
  process.on("disconnect", () => process.exit());

  const send = async (): Promise<number> => {
    let bytes = 0;
    for (let batches = source.take(); batches.length > 0; batches = source.take()) {
      for (const { batch } of batches) bytes += batch.length;
      await sender.send(batches);
    }
    return bytes;
  };

  const backlog = async (records: number, spanMs: number): Promise<number> => {
    const from = Date.now() - spanMs;
    let bytes = 0;
    for (let done = 0; done < records; done += stepRecords) {
      const at = (position: number) => from + (spanMs * position) / records;
      source.add(Math.min(stepRecords, records - done), at(done), at(done + stepRecords));
      bytes += await send();
    }
    return bytes;
  };

  const live = async (recordsPerSecond: number, ms: number): Promise<number> => {
    const startedAt = Date.now();
    let bytes = 0;
    let upTo = startedAt;
    let owed = 0;
    while (upTo < startedAt + ms) {
      await new Promise((resolve) => setTimeout(resolve, tickMs));
      const now = Date.now();
      owed += ((now - upTo) * recordsPerSecond) / 1000;
      source.add(Math.floor(owed), upTo, now);
      owed -= Math.floor(owed);
      upTo = now;
      bytes += await send();
    }
    return bytes;
  };

  const answer = async (request: LoadRequest): Promise<void> => {
    const before = sums();
    const bytes =
      request.kind === "backlog"
        ? await backlog(request.records, request.spanMs)
        : await live(request.recordsPerSecond, request.ms);
    const after = sums();
    const records = after.records - before.records;
    const acknowledgedBytes = after.acknowledgedBytes - before.acknowledgedBytes;
    process.send?.({ kind: "done", records, acknowledgedBytes, meanValueBytes: Math.round(bytes / records) });
  };

  const sums = () => ({
    records: source.totals().reduce((sum, total) => sum + total.records, 0),
    acknowledgedBytes: source.totals().reduce((sum, total) => sum + total.acknowledgedBytes, 0),
  });
}

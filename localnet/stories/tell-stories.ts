import type { PartitionBatch } from "../kafka/batch-producer.ts";
import { recordBatch, recordTail } from "../kafka/record-batch.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import type { PatientSender } from "../nodes/patient-sender.ts";
import { lineageRuns } from "./lineage-runs.ts";
import { oddAccess, type StoryRecord } from "./odd-access.ts";

const minuteMs = 60_000;
/** What a fresh local network has to show at once. */
const pastMinutes = 90;

export type Teller = { network: LocalNetwork; sender: PatientSender };

/** Small stories beside the mass of activity, minute by minute: pipelines that run, and access that is odd. */
export async function tellStories({ network, sender }: Teller, signal: AbortSignal): Promise<void> {
  let told = Math.floor(Date.now() / minuteMs) - pastMinutes;
  while (!signal.aborted) {
    // A minute is told when it is over: no record is of the future.
    for (; told < Math.floor(Date.now() / minuteMs) && !signal.aborted; told++) {
      await sender.send([
        batchOf(network.plan.topics.lineage, lineageRuns(network, told)),
        batchOf(network.plan.topics.activity, oddAccess(network, told)),
      ]);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function batchOf(topic: string, records: readonly StoryRecord[]): PartitionBatch {
  const batch = recordBatch();
  for (const { key, value } of records) {
    const parts = {
      key: Buffer.from(key),
      value: Buffer.from(value),
      headers: { "content-type": "application/json" },
    };
    batch.append(recordTail(parts).tail, Date.now());
  }
  return { topic, partition: 0, ...batch.take() };
}

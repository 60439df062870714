import type { LocalNetwork } from "../network/local-network.ts";
import type { ActivitySource } from "./activity-source.ts";
import type { PatientSender } from "./patient-sender.ts";
import { rhythm } from "./rhythm.ts";

const tickMs = 100;
/** After a pause of the broker, what agents had queued comes at once; their queues hold so much. */
const queueMs = 30_000;
/** Bounds the memory that one step takes. */
const stepRecords = 20_000;

export type LiveActivity = {
  network: LocalNetwork;
  source: ActivitySource;
  sender: PatientSender;
  /** Of all networks together. */
  recordsPerSecond(): number;
  onWritten(records: number): void;
};

/** Writes a network's activity as it happens, until the signal. */
export async function runLiveActivity(live: LiveActivity, signal: AbortSignal): Promise<void> {
  let writtenUpTo = Date.now();
  let owed = 0;
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, tickMs));
    const now = Date.now();
    const from = Math.max(writtenUpTo, now - queueMs);
    writtenUpTo = now;
    owed += (networkRate(live.network, live.recordsPerSecond(), now) * ripple(now) * (now - from)) / 1000;
    const count = Math.floor(owed);
    owed -= count;
    await writeActivityBetween(live, { count, from, to: now });
  }
}

export type Span = { count: number; from: number; to: number };

/** In steps, so that a long queue does not take all memory at once. */
export async function writeActivityBetween(live: LiveActivity, { count, from, to }: Span): Promise<void> {
  for (let done = 0; done < count; done += stepRecords) {
    const records = Math.min(stepRecords, count - done);
    const at = (position: number) => from + ((to - from) * position) / count;
    live.source.add(records, at(done), at(done + records));
    for (let batches = live.source.take(); batches.length > 0; batches = live.source.take())
      await live.sender.send(batches);
    live.onWritten(records);
  }
}

/** Requests do not come at an even pace; 1 over a few minutes. */
function ripple(at: number): number {
  return 1 + 0.06 * Math.sin(at / 9_000) + 0.04 * Math.sin(at / 2_700);
}

/** A network's part of the rate at a time of day. */
export function networkRate(network: LocalNetwork, recordsPerSecond: number, at: number): number {
  const sites = network.plan.sites;
  const nodes = sites.reduce((sum, site) => sum + site.nodes, 0);
  const busy = sites.reduce((sum, site) => sum + (site.nodes / nodes) * rhythm(at, site.utcOffset), 0);
  return recordsPerSecond * network.plan.share * busy;
}

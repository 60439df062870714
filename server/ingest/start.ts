import { type BindingName, bindingNames } from "../kernel/bindings.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Health, Running } from "../kernel/lifecycle.ts";
import { type NetworkName, networkByName } from "../kernel/networks.ts";
import type { BulkStore } from "../ports/bulk-store.ts";
import type { Database } from "../ports/database.ts";
import type { Election } from "../ports/election.ts";
import type { EventLog } from "../ports/event-log.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import { type BindingParts, ingestBindings } from "./bindings.ts";
import { openDirectory } from "./directory.ts";
import { Flusher } from "./flusher.ts";
import { ingestMetrics } from "./ingest-metrics.ts";
import { type BoundTopic, IngestWorker } from "./ingest-worker.ts";
import { maintain } from "./maintain.ts";
import { readSettings } from "./read-settings.ts";
import { openTimePartitions } from "./time-partitions.ts";
import { startWatch } from "./watch.ts";

/** A topic that belongs to no network has null. */
export type NetworkTopic = { network: NetworkName | null; topic: string };
export type BindingTopics = Readonly<Partial<Record<BindingName, readonly NetworkTopic[]>>>;

export type IngestOptions = {
  eventLog: EventLog;
  /** The writer's own connection, beside the pool of `db`. */
  store: BulkStore;
  db: Database;
  election: Election;
  group: string;
  /** What to read; a binding without topics rests. */
  topics: BindingTopics;
  deadLettersTopic: string;
  /** How often what was read is written; 500 ms where it is not said. */
  flushEveryMs?: number;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** The work waits for something that will not come: the process should exit non-zero and be started anew. */
  onStuck(reason: string): void;
};

/** What is seen is a second old at most; each flush writes the same rows of the open windows again. */
const flushEveryMs = 500;

/** One ingest worker: reads its share of all partitions until it is stopped. It sits out outages of both sides. */
export async function startIngest(options: IngestOptions): Promise<Running & { health(): Health }> {
  const { eventLog, store, db, clock, log } = options;
  const partitions = openTimePartitions(db);
  const directory = openDirectory(db);
  let settings = await readSettings(db);
  await directory.refresh();
  const topics = bindTopics(options.topics, {
    directory,
    retention: () => settings.retention,
    metricMap: () => settings.metricMap,
  });
  const flusher = new Flusher({
    store,
    log: eventLog,
    partitions,
    bindings: [...new Set(topics.map(({ binding }) => binding))],
    deadLettersTopic: options.deadLettersTopic,
    clock,
    observer: ingestMetrics(options.metrics),
    everyMs: options.flushEveryMs ?? flushEveryMs,
  });
  const worker = new IngestWorker({
    log: eventLog,
    db,
    flusher,
    topics,
    group: options.group,
    clock,
    logger: log,
  });
  const maintenance = options.election.whileElected({
    name: "ingest-maintenance",
    work: (signal) => maintain({ db, clock, log }, signal),
  });
  const refresh = async () => {
    await directory.refresh();
    settings = await readSettings(db);
  };
  const watch = startWatch({ ...options, worker, flusher, refresh });
  return {
    health: watch.health,
    stop: async () => {
      await maintenance.stop();
      await worker.stop();
      await watch.stop();
      await eventLog.close();
      await store.close();
    },
  };
}

function bindTopics(topics: BindingTopics, parts: BindingParts): BoundTopic[] {
  return bindingNames.flatMap((name) => {
    const binding = ingestBindings[name](parts);
    return (topics[name] ?? []).map(({ network, topic }) => ({
      topic,
      network: network === null ? null : networkByName(network).id,
      binding,
    }));
  });
}

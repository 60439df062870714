import { openElection, openIngestDoors } from "../deps.ts";
import { startInventory } from "../features/inventory/start-inventory.ts";
import { startProbes } from "../features/probes/start-probes.ts";
import { startRegistry } from "../features/registry/start-registry.ts";
import { startIngest } from "../ingest/start.ts";
import { stopInOrder } from "../kernel/lifecycle.ts";
import type { Parts, StartedRole } from "./parts.ts";

/** The road in: what comes by Kafka, and the jobs of which one in all replicas is elected. */
export async function startIngestRole(parts: Parts): Promise<StartedRole> {
  const { config, db, deps, clock, log, metrics } = parts;
  const common = { db, election: openElection(config, log), clock, metrics };
  const registry = startRegistry({
    ...common,
    chainIndex: deps.chainIndex,
    log: log.child({ part: "registry" }),
  });
  const probes = startProbes({ ...common, nodeProbe: deps.nodeProbe, log: log.child({ part: "probes" }) });
  const inventory = startInventory({ ...common, log: log.child({ part: "inventory" }) });
  const { topics, deadLettersTopic, consumerGroup } = config.kafka;
  const ingest = await startIngest({
    ...common,
    ...openIngestDoors(config, log),
    group: consumerGroup,
    topics,
    deadLettersTopic,
    log: log.child({ part: "ingest" }),
    // A worker that waits for what will not come is of no use to anybody: its supervisor starts a new one.
    onStuck: () => process.exit(1),
  });
  const stop = () =>
    stopInOrder([registry, probes, inventory, ingest], (error) =>
      log.error({ err: error }, "a part of ingest failed to stop"),
    );
  return {
    stop,
    checks: [
      { part: "ingest", check: async () => ingest.health() },
      { part: "registry", check: registry.health },
      { part: "probes", check: probes.health },
      { part: "inventory", check: async () => inventory.health() },
    ],
  };
}

import { openElection } from "../deps.ts";
import { startRegistry } from "../features/registry/start-registry.ts";
import { stopInOrder } from "../kernel/lifecycle.ts";
import type { Parts, StartedRole } from "./parts.ts";

/** The road in: what comes by Kafka, and the jobs of which one in all replicas is elected. */
export async function startIngestRole(parts: Parts): Promise<StartedRole> {
  const { config, db, deps, clock, log, metrics } = parts;
  const election = openElection(config, log);
  const registry = startRegistry({
    db,
    chainIndex: deps.chainIndex,
    election,
    clock,
    log: log.child({ part: "registry" }),
    metrics,
  });
  const stop = () =>
    stopInOrder([registry], (error) => log.error({ err: error }, "a part of ingest failed to stop"));
  return { stop, checks: [{ part: "registry", check: registry.health }] };
}

import { openElection } from "../deps.ts";
import { startProbes } from "../features/probes/start-probes.ts";
import { startRegistry } from "../features/registry/start-registry.ts";
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
  const stop = () =>
    stopInOrder([registry, probes], (error) => log.error({ err: error }, "a part of ingest failed to stop"));
  return {
    stop,
    checks: [
      { part: "registry", check: registry.health },
      { part: "probes", check: probes.health },
    ],
  };
}

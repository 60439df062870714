import { openConfiguredCalls, openElection, openIngestDoors } from "../deps.ts";
import { startAlertmanager } from "../features/alertmanager/start-alertmanager.ts";
import { startAlerts } from "../features/alerts/start-alerts.ts";
import { type OutboxRoad, startOutbox } from "../features/deployments/send-outbox.ts";
import { startDiscovery } from "../features/discovery/start-discovery.ts";
import { startInventory } from "../features/inventory/start-inventory.ts";
import { startLineage } from "../features/lineage/start-lineage.ts";
import { startProbes } from "../features/probes/start-probes.ts";
import { startRegistry } from "../features/registry/start-registry.ts";
import { startReplays } from "../features/replays/start-replays.ts";
import { startRollouts } from "../features/rollouts/start-rollouts.ts";
import { startVerification } from "../features/verification/start-verification.ts";
import { startIngest } from "../ingest/start.ts";
import { stopInOrder } from "../kernel/lifecycle.ts";
import type { Parts, StartedRole } from "./parts.ts";

/** The road in: what comes by Kafka, and the jobs of which one in all replicas is elected. */
export async function startIngestRole(parts: Parts): Promise<StartedRole> {
  const { config, db, deps, clock, log, metrics } = parts;
  const common = { db, election: openElection(config, log), clock, metrics };
  const system = { db, deps, clock, address: null } as const;
  const logOf = (part: string) => log.child({ part });
  const jobs = {
    registry: startRegistry({ ...common, chainIndex: deps.chainIndex, log: logOf("registry") }),
    probes: startProbes({ ...common, nodeProbe: deps.nodeProbe, log: logOf("probes") }),
    inventory: startInventory({ ...common, log: logOf("inventory") }),
    discovery: startDiscovery({ ...common, ctx: { db, deps, clock }, log: logOf("discovery") }),
    lineage: startLineage({ ...common, ctx: { db, clock }, log: logOf("lineage") }),
    verification: startVerification({
      ...common,
      contentStore: deps.contentStore,
      log: logOf("verification"),
    }),
    alerts: startAlerts({
      ...common,
      ctx: {
        ...system,
        actor: { kind: "system", id: "alerts", name: "Alert rules" },
        requestId: "alerts",
        log: logOf("alerts"),
      },
    }),
    alertmanager: startAlertmanager({
      election: common.election,
      sources: config.alertmanagers,
      ctx: {
        ...system,
        deps: { ...deps, outbound: openConfiguredCalls(config) },
        actor: { kind: "system", id: "alertmanager", name: "Alertmanager" },
        requestId: "alertmanager",
        log: logOf("alertmanager"),
      },
    }),
    replays: startReplays({ ...common, ctx: { db, clock, log: logOf("replays") } }),
    rollouts: startRollouts({
      ...common,
      ctx: {
        ...system,
        actor: { kind: "system", id: "rollouts", name: "Rollout controller" },
        requestId: "rollouts",
        log: logOf("rollouts"),
      },
    }),
  };
  const { topics, deadLettersTopic, desiredStateTopic, replayRequestsTopic, consumerGroup } = config.kafka;
  const doors = openIngestDoors(config, log);
  const outboxOf = (road: OutboxRoad, topic: string) =>
    startOutbox({
      ...common,
      road,
      topic,
      ctx: { db, clock, log: logOf("outbox") },
      eventLog: doors.eventLog,
    });
  const outbox = outboxOf("desired-state", desiredStateTopic);
  const replayRequests = outboxOf("replays", replayRequestsTopic);
  const ingest = await startIngest({
    ...common,
    ...doors,
    group: consumerGroup,
    topics,
    deadLettersTopic,
    log: logOf("ingest"),
    // A worker that waits for what will not come is of no use to anybody: its supervisor starts a new one.
    onStuck: () => process.exit(1),
  });
  const stop = () =>
    stopInOrder([...Object.values(jobs), ingest, outbox, replayRequests], (error) =>
      log.error({ err: error }, "a part of ingest failed to stop"),
    );
  return {
    stop,
    checks: Object.entries({ ingest, outbox, replayRequests, ...jobs }).map(([part, job]) => ({
      part,
      check: async () => job.health(),
    })),
  };
}

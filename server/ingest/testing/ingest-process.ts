import { openEventLog } from "../../adapters/kafka/open-event-log.ts";
import { buildLogger } from "../../adapters/log/build-logger.ts";
import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { openDatabase } from "../../adapters/postgres/database.ts";
import { electionOver } from "../../adapters/postgres/election.ts";
import { openBulkStore } from "../../adapters/postgres/open-bulk-store.ts";
import { systemClock } from "../../kernel/clock.ts";
import { startIngest } from "../start.ts";
import type { WorkerPlan } from "./ingest-child.ts";

// One ingest worker as a process of its own, so that a test can kill and freeze it. Its plan is the first argument.
const plan: WorkerPlan = JSON.parse(process.argv[2] ?? "");
const log = buildLogger({
  level: "warn",
  base: { part: "ingest", worker: plan.name },
});
const connectionString = plan.databaseUrl;
const db = openDatabase({ connectionString, maxConnections: 4, applicationName: plan.name });
const ingest = await startIngest({
  eventLog: openEventLog({
    brokers: plan.brokers,
    clientId: plan.name,
    log,
    clock: systemClock,
    sessionTimeoutMs: 6_000,
  }),
  store: openBulkStore({ connectionString, applicationName: `${plan.name} writer` }),
  db,
  election: electionOver({ connectionString, log }),
  group: plan.group,
  topics: {
    activity: plan.activityTopics.map((topic) => ({ network: "mainnet", topic })),
    telemetry: (plan.telemetryTopics ?? []).map((topic) => ({ network: "mainnet", topic })),
  },
  deadLettersTopic: plan.deadLettersTopic,
  flushEveryMs: plan.flushEveryMs ?? 250,
  clock: systemClock,
  log,
  metrics: buildMetrics({ role: "ingest" }),
  onStuck: () => process.exit(1),
});
process.on("SIGTERM", async () => {
  await ingest.stop();
  await db.close();
  process.exit(0);
});
process.on("disconnect", () => process.exit(1));
process.send?.("started");

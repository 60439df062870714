import { activityBinding } from "../features/activity/ingest.ts";
import { agentStatusBinding } from "../features/deployments/ingest.ts";
import { lineageBinding } from "../features/lineage/ingest.ts";
import { replaysBinding } from "../features/replays/ingest.ts";
import { telemetryBinding } from "../features/telemetry/ingest.ts";
import type { MetricMap } from "../features/telemetry/schema.ts";
import type { BindingName } from "../kernel/bindings.ts";
import type { Retention } from "../kernel/retention.ts";
import type { Directory } from "../ports/directory.ts";
import type { IngestBinding } from "../ports/ingest-binding.ts";

/** What a binding may ask for. Settings are read anew while ingest runs, so they are asked for each time. */
export type BindingParts = {
  directory: Directory;
  retention: () => Retention;
  metricMap: () => MetricMap;
};

/** How the records of each binding become rows and counters. */
export const ingestBindings: Readonly<Record<BindingName, (parts: BindingParts) => IngestBinding>> = {
  activity: activityBinding,
  "agent-replays": replaysBinding,
  "agent-status": agentStatusBinding,
  lineage: lineageBinding,
  telemetry: telemetryBinding,
};

import { z } from "zod";
import { contentSchema } from "../deployments/desired-state-schema.ts";
import type { Environment } from "../deployments/schema.ts";
import { statusOf } from "./run-rules.ts";
import type { Run } from "./schema.ts";

export type RunRow = {
  id: string;
  agentId: string;
  environment: Environment;
  version: string;
  semver: string | null;
  record: string;
  instance: string;
  eventId: string;
  eventType: string;
  vaultId: string;
  vaultScope: string;
  endedAt: Date;
  tookMs: number;
  error: string | null;
  outputs: unknown;
};

export const runColumns = `j.id, j.agent_id AS "agentId", j.environment, j.version, v.semver, j.record, j.instance,
  j.event_id AS "eventId", j.event_type AS "eventType", j.vault_id AS "vaultId", j.vault_scope AS "vaultScope",
  j.ended_at AS "endedAt", j.took_ms AS "tookMs", j.error, j.outputs`;
export const runTables =
  "agent_job j LEFT JOIN agent_version v ON v.agent_id = j.agent_id AND v.cid = j.version";

const contentsSchema = z.array(contentSchema);

export function toRun({ version, semver, endedAt, outputs, ...row }: RunRow): Run {
  return {
    ...row,
    version: { cid: version, semver },
    startedAt: new Date(endedAt.getTime() - row.tookMs).toISOString(),
    endedAt: endedAt.toISOString(),
    status: statusOf(row.error),
    output: contentsSchema.parse(outputs)[0] ?? null,
  };
}

import type { Agent } from "./schema.ts";
import { toState } from "./store.ts";

export type AgentRow = {
  id: string;
  alias: string;
  agentService: string;
  description: string;
  versions: number;
  latestCid: string | null;
  latestSemver: string | null;
  latestState: string | null;
  createdAt: Date;
  createdBy: string;
  changedAt: Date;
  changedBy: string;
  isArchived: boolean;
};

export const agentColumns = `id, alias, agent_service AS "agentService", description, versions, latest_cid AS "latestCid",
  latest_semver AS "latestSemver", latest_state AS "latestState", created_at AS "createdAt", created_by AS "createdBy",
  changed_at AS "changedAt", changed_by AS "changedBy", is_archived AS "isArchived"`;

export function toAgent(row: AgentRow): Agent {
  const { latestCid, latestSemver, latestState, createdAt, changedAt, ...rest } = row;
  return {
    ...rest,
    latest:
      latestCid !== null && latestSemver !== null && latestState !== null
        ? { cid: latestCid, semver: latestSemver, state: toState(latestState) }
        : null,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}

import { z } from "zod";
import { pageBatches } from "../exports/page-batches.ts";
import { defineExport, type ExportCell, parseQuery } from "../exports/source.ts";
import { listAgents } from "./list-agents.ts";
import { type AgentListRow, listAgentsInput } from "./schema.ts";

const batchRows = 200;

const exportAgentsQuery = z.object({
  text: z.string().optional(),
  state: z.string().optional(),
  runsIn: z.string().optional(),
  agentService: z.string().optional(),
  archived: z.enum(["true", "false"]).optional(),
  sort: z.string().optional(),
});

export const agentsExport = defineExport({
  name: "agents",
  about: "The agents of the registry, as the page filters them",
  role: "viewer",
  query: exportAgentsQuery,
  open: async (ctx, { archived, ...query }) => {
    const input = parseQuery(listAgentsInput, { ...query, archived: archived === "true", limit: batchRows });
    return {
      fileName: "agents",
      title: "Agents",
      columns: Object.keys(columns),
      total: null,
      batches: pageBatches(
        (cursor) => listAgents(ctx, { ...input, cursor }),
        (row) => Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(row)])),
      ),
    };
  },
});

const columns: Record<string, (row: AgentListRow) => ExportCell> = {
  id: ({ id }) => id,
  alias: ({ alias }) => alias,
  agent_service: ({ agentService }) => agentService,
  description: ({ description }) => description,
  versions: ({ versions }) => versions,
  latest_version: ({ latest }) => latest?.semver ?? null,
  latest_cid: ({ latest }) => latest?.cid ?? null,
  latest_state: ({ latest }) => latest?.state ?? null,
  dev_versions: (row) => versionsIn(row, 0),
  staging_versions: (row) => versionsIn(row, 1),
  prod_versions: (row) => versionsIn(row, 2),
  prod_events_per_s: ({ places }) => places[2]?.now?.perSecond ?? null,
  prod_failed_ratio: ({ places }) => places[2]?.now?.failedRatio ?? null,
  prod_p99_ms: ({ places }) => places[2]?.now?.p99Ms ?? null,
  created_at: ({ createdAt }) => createdAt,
  created_by: ({ createdBy }) => createdBy,
  changed_at: ({ changedAt }) => changedAt,
  changed_by: ({ changedBy }) => changedBy,
  is_archived: ({ isArchived }) => isArchived,
};

/** "2.3.1 75 %, 2.4.0 25 %" */
function versionsIn({ places }: AgentListRow, environment: number): string {
  const shares = places[environment]?.shares ?? [];
  return shares.map(({ semver, percent }) => `${semver} ${Math.round(percent)} %`).join(", ");
}

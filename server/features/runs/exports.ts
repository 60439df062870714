import { z } from "zod";
import { pageBatches } from "../exports/page-batches.ts";
import { defineExport, type ExportCell, parseQuery } from "../exports/source.ts";
import { listRuns } from "./list-runs.ts";
import { listRunsInput, type Run } from "./schema.ts";

const batchRows = 500;

const exportRunsQuery = z.object({
  agentId: z.string(),
  environment: z.string(),
  version: z.string().optional(),
  status: z.string().optional(),
  instance: z.string().optional(),
  vaultId: z.string().optional(),
  cid: z.string().optional(),
  slowerThanMs: z.coerce.number().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  asOf: z.string().optional(),
});

export const runsExport = defineExport({
  name: "agent-runs",
  about: "Jobs of an agent, as the page filters them: every failed one, and of the others a sample",
  role: "viewer",
  query: exportRunsQuery,
  open: async (ctx, query) => {
    const input = parseQuery(listRunsInput, { ...query, limit: batchRows });
    // The end is fixed here, so that a file that takes long does not run after what comes in meanwhile.
    const asOf = input.asOf ?? ctx.clock.now().toISOString();
    return {
      fileName: `runs-${input.agentId.slice(input.agentId.indexOf(":") + 1)}`,
      title: `Runs of ${input.agentId.slice(input.agentId.indexOf(":") + 1)}`,
      columns: Object.keys(columns),
      total: null,
      batches: pageBatches(
        (cursor) => listRuns(ctx, { ...input, asOf, cursor }),
        (run) => Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(run)])),
      ),
    };
  },
});

const columns: Record<string, (run: Run) => ExportCell> = {
  id: ({ id }) => id,
  agent_id: ({ agentId }) => agentId,
  environment: ({ environment }) => environment,
  version: ({ version }) => version.semver,
  version_cid: ({ version }) => version.cid,
  record: ({ record }) => record,
  instance: ({ instance }) => instance,
  event_id: ({ eventId }) => eventId,
  event_type: ({ eventType }) => eventType,
  vault_id: ({ vaultId }) => vaultId,
  vault_scope: ({ vaultScope }) => vaultScope,
  started_at: ({ startedAt }) => startedAt,
  ended_at: ({ endedAt }) => endedAt,
  took_ms: ({ tookMs }) => tookMs,
  status: ({ status }) => status,
  error: ({ error }) => error,
  output_cid: ({ output }) => output?.cid ?? null,
};

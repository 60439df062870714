import { z } from "zod";
import { pageBatches } from "../exports/page-batches.ts";
import { defineExport, type ExportCell, parseQuery } from "../exports/source.ts";
import { listReplayEvents } from "./list-replay-events.ts";
import { type ReplayEventRow, replayEventsInput } from "./schema.ts";

const batchRows = 500;

const exportReplayQuery = z.object({
  agentId: z.string(),
  id: z.string(),
  /** With commas between. */
  verdicts: z.string().optional(),
  path: z.string().optional(),
  error: z.string().optional(),
});

export const replayExport = defineExport({
  name: "agent-replay",
  about: "Events of a shadow replay with what both versions did, as the page filters them, worst first",
  role: "viewer",
  query: exportReplayQuery,
  open: async (ctx, { verdicts, ...query }) => {
    const chosen = verdicts === undefined || verdicts === "" ? [] : verdicts.split(",");
    const input = parseQuery(replayEventsInput, { ...query, verdicts: chosen, limit: batchRows });
    const alias = input.agentId.slice(input.agentId.indexOf(":") + 1);
    return {
      fileName: `replay-${alias}-${input.id}`,
      title: `Replay ${input.id} of ${alias}`,
      columns: Object.keys(columns),
      total: null,
      batches: pageBatches(
        (cursor) => listReplayEvents(ctx, { ...input, cursor }),
        (row) => Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(row)])),
      ),
    };
  },
});

const columns: Record<string, (row: ReplayEventRow) => ExportCell> = {
  seq: ({ seq }) => seq,
  verdict: ({ verdict }) => verdict,
  event_id: ({ eventId }) => eventId,
  event_type: ({ eventType }) => eventType,
  vault_id: ({ vaultId }) => vaultId,
  vault_scope: ({ vaultScope }) => vaultScope,
  recorded_at: ({ at }) => at,
  stable_outcome: ({ stable }) => stable.outcome,
  candidate_outcome: ({ candidate }) => candidate.outcome,
  stable_ms: ({ stable }) => stable.tookMs,
  candidate_ms: ({ candidate }) => candidate.tookMs,
  stable_output_cid: ({ stable }) => stable.cid,
  candidate_output_cid: ({ candidate }) => candidate.cid,
  stable_error: ({ stable }) => stable.error,
  candidate_error: ({ candidate }) => candidate.error,
  differs_at: ({ paths }) => paths.map(({ path, kind }) => `${path} ${kind}`),
};

import type { Ctx } from "../../ports/ctx.ts";
import { spanOf } from "./run-conditions.ts";
import { keptRunsMs } from "./run-rules.ts";
import type { RunFilter, RunTotals } from "./schema.ts";

/** How many jobs there were in that time, in an environment and of a version; other filters are of the sample only. */
export async function countRuns(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  input: RunFilter,
): Promise<RunTotals> {
  const now = clock.now();
  const { from, to } = spanOf(input, now);
  const [row] = await db.sql<{ finished: number; failed: number }>(
    `SELECT coalesce(sum(finished), 0)::int AS finished, coalesce(sum(failed), 0)::int AS failed FROM agent_slot
     WHERE agent_id = $1 AND environment = $2 AND at >= $3 AND at < $4 AND ($5::text IS NULL OR version = $5)`,
    [input.agentId, input.environment, from, to, input.version ?? null],
  );
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    finished: row?.finished ?? 0,
    failed: row?.failed ?? 0,
    keptSince: new Date(now.getTime() - keptRunsMs).toISOString(),
  };
}

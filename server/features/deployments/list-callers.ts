import type { Ctx } from "../../ports/ctx.ts";
import { type Callers, environments } from "./schema.ts";

const spanMs = 86_400_000;
const maxScopes = 50;

/** Whose events a version got in the last day: what has to move before it can go. */
export async function listCallers(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { agentId, cid }: { agentId: string; cid: string },
): Promise<Callers> {
  const since = new Date(clock.now().getTime() - spanMs);
  const values = [agentId, [...environments], cid, since];
  const [events, scopes, records] = await Promise.all([
    db.sql<Callers["events"][number]>(
      `SELECT environment, sum(finished + failed)::int AS events FROM agent_slot
       WHERE agent_id = $1 AND environment = ANY ($2::text[]) AND version = $3 AND at >= $4 GROUP BY 1 ORDER BY 1`,
      values,
    ),
    db.sql<Omit<Callers["scopes"][number], "lastAt"> & { lastAt: Date }>(
      `SELECT environment, vault_scope AS scope, count(DISTINCT vault_id)::int AS vaults, max(ended_at) AS "lastAt"
       FROM agent_job
       WHERE agent_id = $1 AND environment = ANY ($2::text[]) AND version = $3 AND ended_at >= $4
       GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${maxScopes}`,
      values,
    ),
    db.sql<Callers["records"][number]>(
      `SELECT environment, record->>'name' AS name FROM deployment, jsonb_array_elements(records) AS record
       WHERE agent_id = $1 AND record->>'version' = $2 ORDER BY 1, 2`,
      [agentId, cid],
    ),
  ]);
  return {
    since: since.toISOString(),
    events,
    scopes: scopes.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })),
    records,
  };
}

import type { Ctx } from "../../ports/ctx.ts";
import type { AgentTotals } from "./schema.ts";

/** What the registry holds as a whole. */
export async function countAgents({ db }: Pick<Ctx, "db">): Promise<AgentTotals> {
  const [[agents], [places], [moving]] = await Promise.all([
    db.sql<Pick<AgentTotals, "agents" | "versions" | "archived">>(
      `SELECT count(*) FILTER (WHERE NOT is_archived)::int AS agents, coalesce(sum(versions), 0)::int AS versions,
         count(*) FILTER (WHERE is_archived)::int AS archived
       FROM agent`,
    ),
    db.sql<Pick<AgentTotals, "inProd" | "locked">>(
      `SELECT (SELECT count(*)::int FROM deployment WHERE environment = 'prod' AND records <> '[]') AS "inProd",
         (SELECT count(*)::int FROM deployment WHERE locked_at IS NOT NULL) AS locked`,
    ),
    db.sql<Pick<AgentTotals, "rollouts">>(
      "SELECT count(*)::int AS rollouts FROM rollout WHERE ended_at IS NULL",
    ),
  ]);
  return {
    agents: agents?.agents ?? 0,
    versions: agents?.versions ?? 0,
    archived: agents?.archived ?? 0,
    inProd: places?.inProd ?? 0,
    locked: places?.locked ?? 0,
    rollouts: moving?.rollouts ?? 0,
  };
}

import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type AgentRow, agentColumns, toAgent } from "./agent-row.ts";
import type { AgentDetail } from "./schema.ts";
import { versionStates } from "./version-rules.ts";

/** An agent, and how many of its versions are in which state. */
export async function getAgent({ db }: Pick<Ctx, "db">, { id }: { id: string }): Promise<AgentDetail> {
  const [[agent], states] = await Promise.all([
    db.sql<AgentRow>(`SELECT ${agentColumns} FROM agent WHERE id = $1`, [id]),
    db.sql<{ state: string; versions: number }>(
      "SELECT state, count(*)::int AS versions FROM agent_version WHERE agent_id = $1 GROUP BY state",
      [id],
    ),
  ]);
  if (!agent) throw notFound("agent", id);
  const counts = new Map(states.map(({ state, versions }) => [state, versions]));
  return {
    agent: toAgent(agent),
    byState: versionStates.map((state) => ({ state, versions: counts.get(state) ?? 0 })),
  };
}

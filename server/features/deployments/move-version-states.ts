import type { Actor } from "../../kernel/roles.ts";
import type { Transaction } from "../../ports/database.ts";

type Move = { agentId: string; actor: Pick<Actor, "id" | "name">; at: Date; reason: string };

/** "deployed" means that a SET in force names it: kept true in the transaction that changes a SET. */
export async function moveVersionStates(
  tx: Transaction,
  { agentId, actor, at, reason }: Move,
): Promise<void> {
  await tx.$executeRaw`
    WITH named AS (
      SELECT DISTINCT record ->> 'version' AS cid FROM deployment, jsonb_array_elements(records) AS record
      WHERE agent_id = ${agentId}
    ), moved AS (
      UPDATE agent_version AS v
      SET state = CASE v.state WHEN 'deployed' THEN 'validated' ELSE 'deployed' END, state_changed_at = ${at}
      WHERE v.agent_id = ${agentId}
        AND CASE v.state WHEN 'validated' THEN v.cid IN (SELECT cid FROM named)
                         WHEN 'deployed' THEN v.cid NOT IN (SELECT cid FROM named) ELSE false END
      RETURNING v.cid, v.state
    ), latest AS (
      UPDATE agent SET latest_state = moved.state FROM moved
      WHERE agent.id = ${agentId} AND agent.latest_cid = moved.cid
    )
    INSERT INTO agent_version_transition (agent_id, cid, from_state, to_state, actor_id, actor_name, reason, at)
    SELECT ${agentId}, cid, CASE state WHEN 'deployed' THEN 'validated' ELSE 'deployed' END, state,
           ${actor.id}, ${actor.name}, ${reason}, ${at}
    FROM moved`;
}

import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { changeState } from "../agents/change-state.ts";
import { isDeployable, type VersionState } from "../agents/version-rules.ts";

type Move = { agentId: string; reason: string };
type NamedVersion = { cid: string; state: VersionState; records: number };

/**
 * "deployed" means that a SET in force names it: kept true in the transaction that changes a SET. Versions are locked
 * first, so one that is archived at the same moment is either seen here, and the SET refused, or cannot be archived.
 */
export async function moveVersionStates(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "clock" | "requestId" | "address">,
  { agentId, reason }: Move,
): Promise<void> {
  const versions = await tx.$queryRaw<NamedVersion[]>`
    WITH named AS (
      SELECT record ->> 'version' AS cid, count(*)::int AS records
      FROM deployment, jsonb_array_elements(deployment.records) AS record WHERE agent_id = ${agentId} GROUP BY 1
    )
    SELECT v.cid, v.state, coalesce(named.records, 0) AS records
    FROM agent_version AS v LEFT JOIN named ON named.cid = v.cid
    WHERE v.agent_id = ${agentId} AND (named.cid IS NOT NULL OR v.state = 'deployed')
    ORDER BY v.cid FOR UPDATE OF v`;
  for (const { cid, state, records } of versions) {
    if (records > 0 && !isDeployable(state) && state !== "deprecated")
      throw conflict(`A version that is ${state} gets no traffic.`);
    const to = nextState(state, records);
    if (to === null) continue;
    const action = to === "deployed" ? "agent.deploy" : "agent.undeploy";
    await changeState(tx, ctx, {
      agentId,
      cid,
      to,
      by: "deployments",
      records,
      reason,
      sunsetAt: null,
      action,
    });
  }
}

/** Null where it stays as it is; a deprecated one that is named goes on as deprecated. */
function nextState(state: VersionState, records: number): VersionState | null {
  if (state === "validated" && records > 0) return "deployed";
  return state === "deployed" && records === 0 ? "validated" : null;
}

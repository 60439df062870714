import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { announceDeployments, findDeployment, lockPlace, sqlOf } from "./deployment-rows.ts";
import { moveVersionStates } from "./move-version-states.ts";
import type { DeploymentRecord, Place, SetCause } from "./schema.ts";
import { tellRuntimes } from "./tell-runtimes.ts";

export type SetChange = Place & {
  records: readonly DeploymentRecord[];
  cause: SetCause;
  note: string;
  /** Said in the same breath: nothing new by itself from now on. */
  lock?: string;
};

/**
 * Puts a SET in force: the row, its history, what runtimes are told and the states of versions, in the caller's
 * transaction. The row is locked first, so generations follow each other, and so do the outbox's records of a key.
 */
export async function writeSet(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "clock" | "requestId" | "address">,
  change: SetChange,
): Promise<number> {
  const { agentId, environment, cause, note, lock } = change;
  const { actor, clock } = ctx;
  const at = clock.now();
  const sql = sqlOf(tx);
  await lockPlace(tx, change);
  const known = await findDeployment(sql, change, "FOR UPDATE");
  const generation = (known?.generation ?? 0) + 1;
  const records = JSON.stringify(change.records);
  await tx.$executeRaw`
    INSERT INTO deployment AS kept (agent_id, environment, generation, records, applied_at)
    VALUES (${agentId}, ${environment}, ${generation}, ${records}::jsonb, ${at})
    ON CONFLICT (agent_id, environment) DO UPDATE SET generation = ${generation}, records = ${records}::jsonb, applied_at = ${at}`;
  if (lock !== undefined)
    await tx.$executeRaw`
      UPDATE deployment SET locked_at = ${at}, locked_reason = ${lock}
      WHERE agent_id = ${agentId} AND environment = ${environment}`;
  await tx.$executeRaw`
    INSERT INTO deployment_set (agent_id, environment, generation, records, cause, author_id, author_name, note, applied_at)
    VALUES (${agentId}, ${environment}, ${generation}, ${records}::jsonb, ${cause}, ${actor.id}, ${actor.name}, ${note}, ${at})`;
  await tellRuntimes(tx, change, at);
  await moveVersionStates(tx, ctx, { agentId, reason: note });
  await announceDeployments(tx, agentId, at);
  return generation;
}

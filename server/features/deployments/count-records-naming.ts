import type { Transaction } from "../../ports/database.ts";

/**
 * Records of SETs in force that name a version, over all environments. The version's row is locked first: whoever puts a
 * SET in force locks it too, so no SET that names it can come before the caller's transaction has ended.
 */
export async function countRecordsNaming(
  tx: Transaction,
  { agentId, cid }: { agentId: string; cid: string },
): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM agent_version WHERE agent_id = ${agentId} AND cid = ${cid} FOR UPDATE`;
  const rows = await tx.$queryRaw<{ records: number }[]>`
    SELECT count(*)::int AS records FROM deployment, jsonb_array_elements(deployment.records) AS record
    WHERE agent_id = ${agentId} AND record ->> 'version' = ${cid}`;
  return rows[0]?.records ?? 0;
}

import type { Database } from "../../ports/database.ts";

/** Semver by CID. */
export async function namesOfVersions(
  db: Pick<Database, "sql">,
  agentId: string,
  cids: readonly string[],
): Promise<Map<string, string>> {
  if (cids.length === 0) return new Map();
  const rows = await db.sql<{ cid: string; semver: string }>(
    "SELECT cid, semver FROM agent_version WHERE agent_id = $1 AND cid = ANY ($2::text[])",
    [agentId, [...new Set(cids)]],
  );
  return new Map(rows.map(({ cid, semver }) => [cid, semver]));
}

import type { Sql } from "../../ports/database.ts";
import { findDeployment, loadVersions } from "../deployments/deployment-rows.ts";
import type { Place } from "../deployments/schema.ts";
import type { TypingVersion } from "./settings-rules.ts";

export type TypedBy = TypingVersion & { cid: string };
export type Typing = { versions: TypedBy[]; isDeployed: boolean };

/** The versions whose manifests say what can be set: those that the SET in force names, or else the newest one. */
export async function loadTyping(sql: Sql, place: Place): Promise<Typing> {
  const deployment = await findDeployment(sql, place);
  const records = (deployment?.records ?? []).toSorted(
    (a, b) => Number(b.targeting === "") - Number(a.targeting === ""),
  );
  const named = [...new Set(records.filter(({ enabled }) => enabled).map(({ version }) => version))];
  const cids = named.length > 0 ? named : await newestOf(sql, place.agentId);
  const loaded = await loadVersions(sql, place.agentId, cids);
  const versions = cids.flatMap((cid) => {
    const version = loaded.find((one) => one.cid === cid);
    return version ? [{ cid, semver: version.semver, settings: version.manifest.settings }] : [];
  });
  return { versions, isDeployed: named.length > 0 };
}

async function newestOf(sql: Sql, agentId: string): Promise<string[]> {
  const rows = await sql<{ cid: string }>(
    `SELECT cid FROM agent_version WHERE agent_id = $1 AND state <> 'archived' ORDER BY uploaded_at DESC, cid LIMIT 1`,
    [agentId],
  );
  return rows.map(({ cid }) => cid);
}

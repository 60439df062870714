import { invalid } from "../../kernel/errors.ts";
import type { Sql } from "../../ports/database.ts";
import { findDeployment, loadVersions, toVersionFacts } from "./deployment-rows.ts";
import { type DeploymentRecord, type Place, setSchema } from "./schema.ts";
import { type HeldRecords, judgeSet, type SetVerdict } from "./set-rules.ts";

export type JudgeOf = { place: Place; records: unknown; at: Date };

/** The rules of a SET over what is stored: versions, the SET in force and what a rollout holds. */
export async function judgeSetOf(sql: Sql, { place, records, at }: JudgeOf): Promise<SetVerdict> {
  const parsed = setSchema.safeParse(records);
  const named = parsed.success ? parsed.data.map(({ version }) => version) : [];
  const [versions, current, held] = await Promise.all([
    loadVersions(sql, place.agentId, named),
    findDeployment(sql, place),
    findHeld(sql, place),
  ]);
  return judgeSet(records, {
    versions: new Map(versions.map((version) => [version.cid, toVersionFacts(version)])),
    inForce: new Set((current?.records ?? []).map(({ version }) => version)),
    held,
    at,
  });
}

/** The records, or `invalid` with the first rule that does not hold and where. */
export async function requireSetOf(sql: Sql, judged: JudgeOf): Promise<DeploymentRecord[]> {
  const { records, issues } = await judgeSetOf(sql, judged);
  const [first] = issues;
  if (first || !records)
    throw invalid(`The SET does not hold: ${first?.message ?? "it cannot be read"}`, {
      pointer: first?.pointer ?? "",
    });
  return records;
}

/** What the open rollout changes: the default and its canary. */
export async function findHeld(sql: Sql, place: Place): Promise<HeldRecords | null> {
  const rows = await sql<{ id: string }>(
    "SELECT id::text AS id FROM rollout WHERE agent_id = $1 AND environment = $2 AND ended_at IS NULL",
    [place.agentId, place.environment],
  );
  const [open] = rows;
  if (!open) return null;
  const current = await findDeployment(sql, place);
  const isHeld = ({ name, targeting }: DeploymentRecord) => targeting === "" || name === "canary";
  return { rollout: open.id, records: (current?.records ?? []).filter(isHeld) };
}

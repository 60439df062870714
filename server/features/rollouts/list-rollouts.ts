import type { Ctx } from "../../ports/ctx.ts";
import type { ListRolloutsInput, Rollout } from "./schema.ts";
import { type RolloutRow, rolloutSelect, toRollout } from "./store.ts";

export async function listRollouts(
  { db }: Pick<Ctx, "db">,
  { agentId, environment, before, limit }: ListRolloutsInput,
): Promise<{ rows: Rollout[]; next: string | null }> {
  const rows = await db.sql<RolloutRow>(
    `${rolloutSelect} WHERE r.agent_id = $1 AND r.environment = $2 AND r.id < $3::bigint ORDER BY r.id DESC LIMIT ${limit + 1}`,
    [agentId, environment, before ?? "999999999999999999"],
  );
  const page = rows.slice(0, limit);
  return { rows: page.map(toRollout), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

import type { Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type ReplayRow, replaySelect, toReplay } from "./replay-rows.ts";
import type { ListReplaysInput, Replay } from "./schema.ts";

/** Newest first. */
export async function listReplays(
  { db }: Pick<Ctx, "db">,
  { agentId, environment, cursor, limit }: ListReplaysInput,
): Promise<Page<Replay>> {
  const rows = await db.sql<ReplayRow>(
    `${replaySelect} WHERE r.agent_id = $1 AND r.environment = $2 AND ($3::bigint IS NULL OR r.id < $3::bigint)
     ORDER BY r.id DESC LIMIT $4`,
    [agentId, environment, cursor ?? null, limit + 1],
  );
  const page = rows.slice(0, limit).map(toReplay);
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

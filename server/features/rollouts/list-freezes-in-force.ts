import type { Ctx } from "../../ports/ctx.ts";
import type { Environment } from "../deployments/schema.ts";
import { type FreezeRow, freezeColumns, toFreeze } from "./freeze-rows.ts";
import type { FreezesInForce } from "./freeze-schema.ts";

const mostOpen = 500;

/** What holds rollouts of an environment at this moment, and what will next. */
export async function listFreezesInForce(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { environment }: { environment: Environment },
): Promise<FreezesInForce> {
  const at = clock.now();
  const rows = await db.sql<FreezeRow>(
    `SELECT ${freezeColumns} FROM rollout_freeze WHERE environment = $1 AND closes_at > $2
     ORDER BY closes_at, id LIMIT ${mostOpen}`,
    [environment, at],
  );
  const open = rows.map((row) => toFreeze(row, at));
  const running = open
    .filter(({ state }) => state === "running")
    .sort((one, other) => (other.current?.endsAt ?? "").localeCompare(one.current?.endsAt ?? ""));
  const [upcoming] = open
    .filter(({ state, next }) => state === "upcoming" && next !== null)
    .sort((one, other) => (one.next?.startsAt ?? "").localeCompare(other.next?.startsAt ?? ""));
  return { running, upcoming: upcoming ?? null };
}

import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { stuckReason } from "./rules.ts";
import type { NotifyHealth } from "./schema.ts";

type Row = { waiting: number; failedLastDay: number; dueSince: Date | null };

/** Do notifications go out? What is due and nobody picked up says that they do not. */
export async function getNotifyHealth(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network }: { network: NetworkName },
): Promise<NotifyHealth> {
  const at = clock.now();
  const rows = await db.sql<Row>(
    `SELECT (SELECT count(*)::int FROM notify_delivery WHERE network = $1 AND ended_at IS NULL) AS waiting,
            (SELECT count(*)::int FROM notify_delivery WHERE network = $1 AND state = 'failed'
               AND made_at > $2::timestamptz - interval '1 day') AS "failedLastDay",
            least((SELECT min(due_at) FROM notify_item WHERE network = $1 AND delivery IS NULL AND dropped IS NULL
                     AND due_at <= $2),
                  (SELECT min(next_at) FROM notify_delivery WHERE network = $1 AND ended_at IS NULL AND next_at <= $2))
              AS "dueSince"`,
    [networkByName(network).id, at],
  );
  const { waiting = 0, failedLastDay = 0, dueSince = null } = rows[0] ?? {};
  return { waiting, failedLastDay, stuck: stuckReason(dueSince, at) };
}

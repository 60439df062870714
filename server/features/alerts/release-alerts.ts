import type { Ctx } from "../../ports/ctx.ts";
import { wakeNotifications } from "../notify/queue-notifications.ts";
import { changeAlerts } from "./change-alerts.ts";
import type { Outcome, ReleaseInput } from "./schema.ts";

/** Puts alerts back into the queue: takes back an acknowledgement and a snooze. An assignment stays; a silence is ended as itself. */
export function releaseAlerts(ctx: Ctx, { network, ids }: ReleaseInput): Promise<Outcome[]> {
  return changeAlerts(ctx, {
    network,
    ids,
    action: "alert.release",
    event: "released",
    note: null,
    refusal: ({ state, acknowledgedAt, quietUntil, maintenanceUntil, inhibitedBy }) => {
      if (state === "resolved") return "It has resolved meanwhile.";
      if (maintenanceUntil !== null && maintenanceUntil > ctx.clock.now())
        return "It is held by a maintenance window: that is ended or changed as itself.";
      if (inhibitedBy !== null && acknowledgedAt === null && quietUntil === null)
        return `Alert ${inhibitedBy} explains it: it is back in the queue when that one ends.`;
      return acknowledgedAt === null && quietUntil === null ? "It waits in the queue already." : null;
    },
    write: async (tx, done, at) => {
      await tx.$executeRaw`
      UPDATE alert SET acknowledged_at = NULL,
        owner_id = CASE WHEN acknowledged_at IS NULL THEN owner_id END,
        owner_name = CASE WHEN acknowledged_at IS NULL THEN owner_name END,
        quiet_until = CASE WHEN silence IS NULL THEN NULL ELSE quiet_until END
      WHERE id = ANY (${[...done]}::bigint[])`;
      await wakeNotifications(tx, done, at);
    },
    after: { acknowledgedAt: null },
  });
}

import { networkByName } from "../../kernel/networks.ts";
import { endOf } from "../../kernel/time-window.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { announceAlertChanges } from "../alerts/announce-alert-changes.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { holdAlerts } from "./hold-alerts.ts";
import { requireTime } from "./require-time.ts";
import type { CreateMaintenanceInput, Maintenance } from "./schema.ts";
import { findMaintenance } from "./store.ts";

/** Agrees on when things are worked on; if it is now, what it fits is held at once. */
export async function createMaintenance(
  ctx: Ctx,
  { network, definition }: CreateMaintenanceInput,
): Promise<Maintenance> {
  const at = ctx.clock.now();
  const { title, rule, names, time } = definition;
  requireTime(time, at);
  const id = await ctx.db.prisma.$transaction(async (tx) => {
    const made = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO maintenance_window (network, title, rule, names, time, made_at, made_by, changed_at, changed_by, closes_at)
      VALUES (${networkByName(network).id}, ${title}, ${rule}, ${names}, ${JSON.stringify(time)}::jsonb, ${at},
              ${ctx.actor.name}, ${at}, ${ctx.actor.name}, ${endOf(time)})
      RETURNING id::text AS id`;
    const window = made[0]?.id ?? "";
    const action = "maintenance.create";
    await recordAudit(tx, ctx, { action, subject: `maintenance:${window}`, network, after: definition });
    await holdAlerts(tx, { network, at });
    await announceAlertChanges(tx, network, at);
    return window;
  });
  return findMaintenance(ctx, { network, id });
}

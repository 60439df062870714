import type { Ctx } from "../../ports/ctx.ts";
import { announceAlertChanges } from "../alerts/announce-alert-changes.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { holdAlerts } from "./hold-alerts.ts";
import { lockMaintenance } from "./lock-maintenance.ts";
import type { EndMaintenanceInput, Maintenance } from "./schema.ts";
import { findMaintenance } from "./store.ts";

/** Before its time: what it held and still fires is back in the queue, and told, at once. */
export async function endMaintenance(ctx: Ctx, { network, id }: EndMaintenanceInput): Promise<Maintenance> {
  const at = ctx.clock.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    const before = await lockMaintenance(tx, { network, id, at });
    await tx.$executeRaw`
      UPDATE maintenance_window SET closes_at = ${at}, ended_by = ${ctx.actor.name}, revision = revision + 1
      WHERE id = ${id}::bigint`;
    const after = { closesAt: at };
    await recordAudit(tx, ctx, {
      ...{ action: "maintenance.end", subject: `maintenance:${id}`, network, before, after },
    });
    await holdAlerts(tx, { network, at });
    await announceAlertChanges(tx, network, at);
  });
  return findMaintenance(ctx, { network, id });
}

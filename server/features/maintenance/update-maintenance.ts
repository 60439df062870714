import { conflict } from "../../kernel/errors.ts";
import { endOf } from "../../kernel/time-window.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { announceAlertChanges } from "../alerts/announce-alert-changes.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { holdAlerts } from "./hold-alerts.ts";
import { lockMaintenance } from "./lock-maintenance.ts";
import { requireTime } from "./require-time.ts";
import type { Maintenance, UpdateMaintenanceInput } from "./schema.ts";
import { findMaintenance } from "./store.ts";

/** What it holds follows at once. Each change is a revision, what was before stands in the audit log. */
export async function updateMaintenance(ctx: Ctx, input: UpdateMaintenanceInput): Promise<Maintenance> {
  const { network, id, revision, definition, reason } = input;
  const at = ctx.clock.now();
  const { title, rule, names, time } = definition;
  requireTime(time, at);
  await ctx.db.prisma.$transaction(async (tx) => {
    const { closesAt: _c, endedBy: _e, ...before } = await lockMaintenance(tx, { network, id, at });
    if (before.revision !== revision)
      throw conflict(`${before.changedBy} changed this window meanwhile. Look at it again.`);
    await tx.$executeRaw`
      UPDATE maintenance_window SET title = ${title}, rule = ${rule}, names = ${names}, time = ${JSON.stringify(time)}::jsonb,
        revision = revision + 1, changed_at = ${at}, changed_by = ${ctx.actor.name}, closes_at = ${endOf(time)}
      WHERE id = ${id}::bigint`;
    const action = "maintenance.update";
    const after = { ...definition, revision: revision + 1 };
    await recordAudit(tx, ctx, { action, subject: `maintenance:${id}`, network, before, after, reason });
    await holdAlerts(tx, { network, at });
    await announceAlertChanges(tx, network, at);
  });
  return findMaintenance(ctx, { network, id });
}

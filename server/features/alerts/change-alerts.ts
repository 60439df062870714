import type { NetworkName } from "../../kernel/networks.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { recordEvents } from "./record-events.ts";
import type { AlertEvent, Outcome } from "./schema.ts";
import { announceAlerts } from "./store.ts";

/** An alert as it stood when its row was locked. */
export type LockedAlert = {
  id: string;
  state: "pending" | "firing" | "resolved";
  acknowledgedAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  quietUntil: Date | null;
  maintenanceUntil: Date | null;
  /** The alert that explains it. */
  inhibitedBy: string | null;
};

type Change = {
  network: NetworkName;
  ids: readonly string[];
  action: string;
  event: AlertEvent["kind"];
  note: string | null;
  /** Why this one cannot be changed so; null = it can. */
  refusal: (alert: LockedAlert) => string | null;
  write: (tx: Transaction, ids: readonly string[], at: Date) => Promise<unknown>;
  after: object;
};

/**
 * Changes several alerts in one transaction: rows are locked in one order, so of two people who want the same one wins
 * and the other is told by whom. Each id gets its own outcome.
 */
export async function changeAlerts(ctx: Ctx, change: Change): Promise<Outcome[]> {
  const { network, action, event, note, refusal, write, after } = change;
  const ids = [...new Set(change.ids)];
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const locked = await tx.$queryRaw<LockedAlert[]>`
      SELECT id::text AS id, state, acknowledged_at AS "acknowledgedAt", owner_id AS "ownerId", owner_name AS "ownerName",
             quiet_until AS "quietUntil", maintenance_until AS "maintenanceUntil",
             inhibited_by::text AS "inhibitedBy"
      FROM alert WHERE network = ${networkByName(network).id} AND id = ANY (${ids}::bigint[]) ORDER BY id FOR UPDATE`;
    const known = new Map(locked.map((alert) => [alert.id, alert]));
    const refused = new Map(
      ids.flatMap((id): [string, string][] => {
        const alert = known.get(id);
        const reason = alert ? refusal(alert) : `There is no alert ${id} here.`;
        return reason === null ? [] : [[id, reason]];
      }),
    );
    const done = ids.filter((id) => !refused.has(id));
    if (done.length > 0) {
      await write(tx, done, at);
      await recordEvents(
        tx,
        { network, at },
        done.map((id) => ({ alert: id, kind: event, actor: ctx.actor.name, note })),
      );
      for (const id of done)
        await recordAudit(tx, ctx, {
          action,
          subject: `alert:${id}`,
          network,
          before: known.get(id),
          after,
          reason: note,
        });
      await announceAlerts(tx, network, at);
    }
    return ids.map((id): Outcome => {
      const reason = refused.get(id) ?? null;
      return { id, kind: reason === null ? "done" : "refused", reason };
    });
  });
}

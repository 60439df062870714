import type { Ctx } from "../../ports/ctx.ts";
import { changeAlerts } from "./change-alerts.ts";
import type { AcknowledgeInput, Outcome } from "./schema.ts";

/** Takes alerts: the caller becomes their owner. Only the first of two wins; the other is told who it was. */
export function acknowledgeAlerts(ctx: Ctx, { network, ids, comment }: AcknowledgeInput): Promise<Outcome[]> {
  const { id: ownerId, name: ownerName } = ctx.actor;
  return changeAlerts(ctx, {
    network,
    ids,
    action: "alert.acknowledge",
    event: "acknowledged",
    note: comment || null,
    refusal: ({ state, acknowledgedAt, ownerName: owner }) => {
      if (state === "resolved") return "It has resolved meanwhile.";
      return acknowledgedAt === null
        ? null
        : `${owner ?? "Somebody"} acknowledged it at ${acknowledgedAt.toISOString().slice(11, 19)} UTC.`;
    },
    write: (tx, done, at) => tx.$executeRaw`
      UPDATE alert SET acknowledged_at = ${at}, owner_id = ${ownerId}, owner_name = ${ownerName}
      WHERE id = ANY (${[...done]}::bigint[])`,
    after: { owner: ownerName },
  });
}

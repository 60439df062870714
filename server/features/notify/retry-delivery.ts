import { conflict, notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { getDelivery } from "./list-deliveries.ts";
import type { Delivery, RetryDeliveryInput } from "./schema.ts";

type Locked = { state: Delivery["state"]; attempts: number; answer: string | null };

/** Sends the same message once more, under the same id. Not one that was taken: it would be told twice. */
export async function retryDelivery(ctx: Ctx, { network, id }: RetryDeliveryInput): Promise<Delivery> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Locked[]>`
      SELECT state, attempts, answer FROM notify_delivery
      WHERE network = ${networkByName(network).id} AND id = ${id}::uuid FOR UPDATE`;
    const before = rows[0];
    if (!before) throw notFound("delivery", id);
    if (before.state === "delivered") throw conflict("It was taken already.");
    if (before.state === "sending") throw conflict("It is being sent at this moment.");
    await tx.$executeRaw`
      UPDATE notify_delivery SET state = 'waiting', attempts = 0, next_at = ${ctx.clock.now()}, ended_at = NULL
      WHERE id = ${id}::uuid`;
    await recordAudit(tx, ctx, { action: "notify.retry", subject: `delivery:${id}`, network, before });
  });
  return getDelivery(ctx, { network, id });
}

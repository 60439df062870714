import { randomUUID } from "node:crypto";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { buildContent } from "./build-content.ts";
import { inventedAlert } from "./check-templates.ts";
import { getDelivery } from "./list-deliveries.ts";
import { requireRoute } from "./list-routes.ts";
import type { Delivery, TestRouteInput } from "./schema.ts";
import { type Claimed, sendDelivery } from "./send-delivery.ts";

/** Tells the route's receiver of an alert that never was, marked as a test, at once; says what it answered. */
export async function testRoute(ctx: Ctx, { network, id }: TestRouteInput): Promise<Delivery> {
  const route = await requireRoute(ctx, { network, id });
  const at = ctx.clock.now();
  const content = buildContent({
    network,
    baseUrl: ctx.deps.self.baseUrl,
    templates: route.definition,
    isTest: true,
    alerts: [{ ...inventedAlert, firedAt: at.toISOString(), at: at.toISOString() }],
  });
  const delivery = randomUUID();
  const claimed = await ctx.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO notify_delivery (id, network, receiver, route_name, group_key, content, state, attempts, made_at, next_at)
      VALUES (${delivery}::uuid, ${networkByName(network).id}, ${route.receiver.id}::bigint, ${route.name},
              ${`test ${delivery}`}, ${JSON.stringify(content)}::jsonb, 'sending', 1, ${at},
              ${at}::timestamptz + interval '30 s')`;
    await recordAudit(tx, ctx, { action: "notify.route.test", subject: `route:${id}`, network });
    const rows = await tx.$queryRaw<Claimed[]>`
      SELECT d.id::text AS id, d.content, r.sealed, d.attempts FROM notify_delivery d
      JOIN notify_receiver r ON r.id = d.receiver WHERE d.id = ${delivery}::uuid`;
    return rows[0];
  });
  if (claimed) await sendDelivery(ctx, claimed, new AbortController().signal);
  return getDelivery(ctx, { network, id: delivery });
}

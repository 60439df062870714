import { conflict, notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { checkTemplates } from "./check-templates.ts";
import { requireRoute } from "./list-routes.ts";
import type { CreateRouteInput, Route } from "./schema.ts";

/** Counts for what changes from now on. */
export async function createRoute(
  ctx: Ctx,
  { network, name, receiver, definition }: CreateRouteInput,
): Promise<Route> {
  checkTemplates(definition);
  const net = networkByName(network).id;
  const id = await ctx.db.prisma.$transaction(async (tx) => {
    const known = await tx.$queryRaw<object[]>`SELECT FROM notify_receiver WHERE id = ${receiver}::bigint`;
    if (known.length === 0) throw notFound("receiver", receiver);
    const made = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO notify_route (network, name, receiver, definition, changed_at, changed_by)
      VALUES (${net}, ${name}, ${receiver}::bigint, ${JSON.stringify(definition)}::jsonb, ${ctx.clock.now()}, ${ctx.actor.name})
      ON CONFLICT (network, name) DO NOTHING RETURNING id::text AS id`;
    const route = made[0]?.id;
    if (route === undefined) throw conflict(`${network} has a route called ${name} already.`);
    const after = { name, receiver, definition };
    await recordAudit(tx, ctx, { action: "notify.route.create", subject: `route:${route}`, network, after });
    return route;
  });
  return requireRoute(ctx, { network, id });
}

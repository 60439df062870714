import { conflict, notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { checkTemplates } from "./check-templates.ts";
import { requireRoute } from "./list-routes.ts";
import type { Route, UpdateRouteInput } from "./schema.ts";

type Locked = { name: string; receiver: string; definition: unknown; revision: number };

/** The revision that the change was made on must still be the newest. */
export async function updateRoute(ctx: Ctx, input: UpdateRouteInput): Promise<Route> {
  const { network, id, name, receiver, definition, revision } = input;
  checkTemplates(definition);
  const net = networkByName(network).id;
  await ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Locked[]>`
      SELECT name, receiver::text AS receiver, definition, revision FROM notify_route
      WHERE network = ${net} AND id = ${id}::bigint FOR UPDATE`;
    const before = rows[0];
    if (!before) throw notFound("route", id);
    if (before.revision !== revision)
      throw conflict(
        `Somebody changed this route meanwhile: it is at revision ${before.revision}. Look at it again.`,
      );
    const known = await tx.$queryRaw<object[]>`SELECT FROM notify_receiver WHERE id = ${receiver}::bigint`;
    if (known.length === 0) throw notFound("receiver", receiver);
    const taken = await tx.$queryRaw<object[]>`
      SELECT FROM notify_route WHERE network = ${net} AND name = ${name} AND id <> ${id}::bigint`;
    if (taken.length > 0) throw conflict(`${network} has a route called ${name} already.`);
    await tx.$executeRaw`
      UPDATE notify_route SET name = ${name}, receiver = ${receiver}::bigint, definition = ${JSON.stringify(definition)}::jsonb,
        revision = revision + 1, changed_at = ${ctx.clock.now()}, changed_by = ${ctx.actor.name}
      WHERE id = ${id}::bigint`;
    const after = { name, receiver, definition, revision: revision + 1 };
    await recordAudit(tx, ctx, {
      action: "notify.route.update",
      subject: `route:${id}`,
      network,
      before,
      after,
    });
  });
  return requireRoute(ctx, { network, id });
}

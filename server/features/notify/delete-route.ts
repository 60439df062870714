import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { DeleteRouteInput } from "./schema.ts";

/** What it had queued and nobody gathered yet goes with it; messages that are made are still sent. */
export function deleteRoute(ctx: Ctx, { network, id }: DeleteRouteInput): Promise<{ deleted: string }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const gone = await tx.$queryRaw<{ name: string; receiver: string; definition: unknown }[]>`
      DELETE FROM notify_route WHERE network = ${networkByName(network).id} AND id = ${id}::bigint
      RETURNING name, receiver::text AS receiver, definition`;
    if (gone.length === 0) throw notFound("route", id);
    const [before] = gone;
    await recordAudit(tx, ctx, { action: "notify.route.delete", subject: `route:${id}`, network, before });
    return { deleted: id };
  });
}

import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";

/** With its deliveries. Refused while routes lead to it. */
export function deleteReceiver(ctx: Ctx, { id }: { id: string }): Promise<{ deleted: string }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const routes = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM notify_route WHERE receiver = ${id}::bigint ORDER BY name`;
    if (routes.length > 0)
      throw conflict(`Routes lead to it: ${routes.map(({ name }) => name).join(", ")}. Delete them first.`);
    const gone = await tx.$queryRaw<{ name: string; kind: string; shown: string }[]>`
      DELETE FROM notify_receiver WHERE id = ${id}::bigint RETURNING name, kind, shown`;
    if (gone.length === 0) throw notFound("receiver", id);
    await recordAudit(tx, ctx, {
      action: "notify.receiver.delete",
      subject: `receiver:${id}`,
      before: gone[0],
    });
    return { deleted: id };
  });
}

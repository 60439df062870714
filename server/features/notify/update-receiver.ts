import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { CreatedReceiver, ReceiverKind, UpdateReceiverInput } from "./schema.ts";
import { sealTarget } from "./seal-target.ts";

type Locked = { name: string; kind: ReceiverKind; shown: string; isEnabled: boolean };

/** Changes what is named; an address that is replaced keeps the receiver's kind. */
export function updateReceiver(ctx: Ctx, input: UpdateReceiverInput): Promise<CreatedReceiver> {
  const { id, target } = input;
  const made = target ? sealTarget(ctx.deps.vault, target) : null;
  return ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Locked[]>`
      SELECT name, kind, shown, is_enabled AS "isEnabled" FROM notify_receiver WHERE id = ${id}::bigint FOR UPDATE`;
    const before = rows[0];
    if (!before) throw notFound("receiver", id);
    if (target && target.kind !== before.kind)
      throw conflict(
        `${before.name} is a receiver of kind ${before.kind}. Make another one for ${target.kind}.`,
      );
    const name = input.name ?? before.name;
    const isEnabled = input.isEnabled ?? before.isEnabled;
    const taken = await tx.$queryRaw<object[]>`
      SELECT FROM notify_receiver WHERE name = ${name} AND id <> ${id}::bigint`;
    if (taken.length > 0) throw conflict(`There is a receiver called ${name} already.`);
    await tx.$executeRaw`
      UPDATE notify_receiver SET name = ${name}, is_enabled = ${isEnabled}, shown = coalesce(${made?.shown ?? null}, shown),
        sealed = coalesce(${made?.sealed ?? null}, sealed), changed_at = ${ctx.clock.now()}, changed_by = ${ctx.actor.name}
      WHERE id = ${id}::bigint`;
    await recordAudit(tx, ctx, {
      action: "notify.receiver.update",
      subject: `receiver:${id}`,
      before,
      after: { name, isEnabled, shown: made?.shown ?? before.shown },
    });
    return { id, signingSecret: made?.signingSecret ?? null };
  });
}

import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { CreatedReceiver, CreateReceiverInput } from "./schema.ts";
import { sealTarget } from "./seal-target.ts";

/** Its address is stored encrypted; the key that signs for a webhook is given back this once. */
export function createReceiver(ctx: Ctx, { name, target }: CreateReceiverInput): Promise<CreatedReceiver> {
  const { sealed, shown, signingSecret } = sealTarget(ctx.deps.vault, target);
  return ctx.db.prisma.$transaction(async (tx) => {
    const made = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO notify_receiver (name, kind, shown, sealed, changed_at, changed_by)
      VALUES (${name}, ${target.kind}, ${shown}, ${sealed}, ${ctx.clock.now()}, ${ctx.actor.name})
      ON CONFLICT (name) DO NOTHING RETURNING id::text AS id`;
    const id = made[0]?.id;
    if (id === undefined) throw conflict(`There is a receiver called ${name} already.`);
    await recordAudit(tx, ctx, {
      action: "notify.receiver.create",
      subject: `receiver:${id}`,
      after: { name, kind: target.kind, shown },
    });
    return { id, signingSecret };
  });
}

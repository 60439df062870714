import type { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { freezeInput } from "./schema.ts";

/** From then to then nothing moves forward in an environment; going back is always possible. */
export async function freeze(ctx: Ctx, input: z.output<typeof freezeInput>): Promise<{ id: string }> {
  const { environment, startsAt, endsAt, reason } = input;
  if (Date.parse(endsAt) <= Date.parse(startsAt)) throw invalid("A freeze ends after it began.");
  return ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO rollout_freeze (environment, starts_at, ends_at, reason, made_by)
      VALUES (${environment}, ${new Date(startsAt)}, ${new Date(endsAt)}, ${reason}, ${ctx.actor.name})
      RETURNING id::text AS id`;
    const id = rows[0]?.id ?? "";
    await recordAudit(tx, ctx, { action: "rollout.freeze", subject: `freeze:${id}`, after: input, reason });
    return { id };
  });
}

import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";

export type Refusal = { call: string; needed: string; environment: string | null };

/** Keeps that somebody asked for what they may not do. The refusal itself does not depend on it. */
export async function recordRefusal(
  ctx: Pick<Ctx, "actor" | "db" | "clock" | "requestId" | "address" | "log">,
  { call, needed, environment }: Refusal,
): Promise<void> {
  const record = {
    action: "call.refuse",
    subject: `call:${call}`,
    after: { environment },
    reason: `Needs ${needed}.`,
  };
  try {
    await ctx.db.prisma.$transaction((tx) => recordAudit(tx, ctx, record));
  } catch (error) {
    ctx.log.error({ err: error, call }, "a refusal could not be audited");
  }
}

import { type AppError, outOfReach } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";

/** Writes that a token asked for what no token may do, and gives the answer for it. */
export async function refuseToken(
  ctx: Pick<Ctx, "actor" | "db" | "clock" | "requestId" | "address">,
  { path, reason }: { path: string; reason: string },
): Promise<AppError> {
  const subject = `token:${ctx.actor.id}`;
  const record = { action: "token.refuse", subject, after: { call: path }, reason };
  await ctx.db.prisma.$transaction((tx) => recordAudit(tx, ctx, record));
  return outOfReach(reason);
}

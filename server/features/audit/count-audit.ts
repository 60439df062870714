import type { z } from "zod";
import type { Ctx } from "../../ports/ctx.ts";
import { auditConditions } from "./list-audit.ts";
import type { AuditCount, countAuditInput } from "./schema.ts";

/** Beyond it nobody reads on; a filter by words that hits seldom ends with the statement's time. */
const mostCounted = 10_000;

export async function countAudit(
  ctx: Pick<Ctx, "db" | "clock">,
  input: z.output<typeof countAuditInput>,
): Promise<AuditCount> {
  const { where, values } = auditConditions(input, ctx.clock.now());
  const [counted] = await ctx.db.sql<{ entries: number }>(
    `SELECT count(*)::int AS entries FROM (SELECT FROM audit_entry ${where} LIMIT ${mostCounted + 1}) AS found`,
    values,
  );
  const entries = counted?.entries ?? 0;
  return { entries: Math.min(entries, mostCounted), isMore: entries > mostCounted };
}

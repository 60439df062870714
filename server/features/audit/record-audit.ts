import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { redact } from "./redact.ts";

export type AuditCtx = Pick<Ctx, "clock" | "requestId" | "address"> & {
  actor: Pick<Ctx["actor"], "kind" | "id" | "name">;
};

export type AuditRecord = {
  /** `<thing>.<what happened>`, the same as the procedure's `meta.audit`. */
  action: string;
  /** `<kind>:<id>` of what changed. */
  subject: string;
  network?: NetworkName | null;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
};

/**
 * Writes who changed what. Call it with the transaction that changes it, so that neither is kept without the other.
 * Secrets in `before` and `after` are taken out by their names.
 */
export async function recordAudit(tx: Transaction, ctx: AuditCtx, record: AuditRecord): Promise<void> {
  const { actor } = ctx;
  const network = record.network ? networkByName(record.network).id : null;
  const reason = record.reason?.trim() || null;
  // One statement as it is: a model's create costs several times as much, and every change of the console pays it.
  await tx.$executeRaw`
    INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, action, subject, network, before, after, reason,
      request_id, address)
    VALUES (${ctx.clock.now()}, ${actor.kind}, ${actor.id}, ${actor.name}, ${record.action}, ${record.subject},
      ${network}::smallint, ${jsonOf(record.before)}::jsonb, ${jsonOf(record.after)}::jsonb, ${reason}, ${ctx.requestId},
      ${ctx.address})`;
}

function jsonOf(value: unknown): string | null {
  const kept = redact(value);
  return kept === null ? null : JSON.stringify(kept);
}

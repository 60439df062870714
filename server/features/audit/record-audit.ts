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
  const before = redact(record.before);
  const after = redact(record.after);
  await tx.auditEntry.create({
    data: {
      at: ctx.clock.now(),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      action: record.action,
      subject: record.subject,
      network: record.network ? networkByName(record.network).id : null,
      ...(before === null ? {} : { before }),
      ...(after === null ? {} : { after }),
      reason: record.reason?.trim() || null,
      requestId: ctx.requestId,
      address: ctx.address,
    },
  });
}

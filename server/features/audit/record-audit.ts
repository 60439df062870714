import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { SqlTransaction, Transaction } from "../../ports/database.ts";
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

const columns = `at, actor_kind, actor_id, actor_name, action, subject, network, before, after, reason, request_id, address`;
const parameters = `$1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, $7::smallint, $8::jsonb, $9::jsonb,
  $10::text, $11::text, $12::text`;
const insert = `INSERT INTO audit_entry (${columns}) VALUES (${parameters})`;

/** How many parameters `insertWithChange` takes for the entry. */
export const entryParameters = 12;

/**
 * One statement that changes something and records it, for what one statement can decide: `change` writes and returns a
 * row for each entry, none when nothing was to change. Its own parameters come after those of `entryValues`.
 */
export function insertWithChange(change: string): string {
  return `WITH changed AS (${change}) INSERT INTO audit_entry (${columns}) SELECT ${parameters} FROM changed RETURNING id`;
}

/**
 * Writes who changed what. Call it with the transaction that changes it, so that neither is kept without the other.
 * Secrets in `before` and `after` are taken out by their names.
 */
export async function recordAudit(
  tx: Transaction | SqlTransaction,
  ctx: AuditCtx,
  record: AuditRecord,
): Promise<void> {
  const values = entryValues(ctx, record);
  // One statement as it is: a model's create costs several times as much, and every change of the console pays it.
  await ("sql" in tx
    ? tx.sql(insert, values, { isPrepared: true })
    : tx.$executeRawUnsafe(insert, ...values));
}

/** What an entry says, in the order of its parameters. */
export function entryValues(ctx: AuditCtx, record: AuditRecord): unknown[] {
  const { actor } = ctx;
  return [
    ctx.clock.now(),
    actor.kind,
    actor.id,
    actor.name,
    record.action,
    record.subject,
    record.network ? networkByName(record.network).id : null,
    jsonOf(record.before),
    jsonOf(record.after),
    record.reason?.trim() || null,
    ctx.requestId,
    ctx.address,
  ];
}

function jsonOf(value: unknown): string | null {
  const kept = redact(value);
  return kept === null ? null : JSON.stringify(kept);
}

import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type AuditCtx, recordAudit } from "../audit/record-audit.ts";

export type SettingChange<Value> = {
  key: string;
  /** Reads what is stored; undefined = nothing is. */
  read: (stored: unknown) => Value;
  /** What is stored from now on. May throw: then nothing changes. */
  change: (before: Value) => Value;
  action: string;
  subject: string;
  network?: NetworkName;
  reason: string | null;
};

type ChangeCtx = AuditCtx & Pick<Ctx, "db">;

/** Changes one row of `setting` and records that. Of two who change it at once, the second sees what the first left. */
export async function changeSetting<Value>(ctx: ChangeCtx, wanted: SettingChange<Value>): Promise<Value> {
  const { key, read, change, ...record } = wanted;
  return ctx.db.transact(async (tx) => {
    // An update that changes nothing: it locks the row and returns it, also when another one has just made it.
    const locked = await tx.sql<{ value: unknown }>(
      `INSERT INTO setting (key, value, updated_at, updated_by) VALUES ($1, 'null', $2, $3)
       ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING nullif(value, 'null') AS value`,
      [key, ctx.clock.now(), ctx.actor.name],
      { isPrepared: true },
    );
    const before = read(locked[0]?.value ?? undefined);
    const after = change(before);
    await tx.sql(
      "UPDATE setting SET value = $2, updated_at = $3, updated_by = $4 WHERE key = $1",
      [key, JSON.stringify(after), ctx.clock.now(), ctx.actor.name],
      { isPrepared: true },
    );
    await recordAudit(tx, ctx, { ...record, before, after });
    return after;
  });
}

import { conflict } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type AuditCtx, entryParameters, entryValues, insertWithChange } from "../audit/record-audit.ts";

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

/** Each turn that is lost was won by somebody else, so many of them mean that far too many write this one row. */
const turnLimit = 200;

const [key, value, at, by, expected] = [1, 2, 3, 4, 5].map((n) => `$${entryParameters + n}`);
const insertFirst = insertWithChange(
  `INSERT INTO setting (key, value, updated_at, updated_by)
   VALUES (${key}::text, ${value}::jsonb, ${at}::timestamptz, ${by}::text) ON CONFLICT (key) DO NOTHING RETURNING key`,
);
const replaceRead = insertWithChange(
  `UPDATE setting SET value = ${value}::jsonb, updated_at = ${at}::timestamptz, updated_by = ${by}::text
   WHERE key = ${key}::text AND value = ${expected}::jsonb RETURNING key`,
);

/**
 * Changes one row of `setting` and records that. Of two who change it at once, the second sees what the first left:
 * `change` is asked again then. One statement holds change and entry, so that neither is kept without the other and
 * no transaction waits for this process.
 */
export async function changeSetting<Value>(ctx: ChangeCtx, wanted: SettingChange<Value>): Promise<Value> {
  const { key, read, change, ...record } = wanted;
  for (let turn = 0; turn < turnLimit; turn += 1) {
    const stored = await readSetting(ctx, key);
    const before = read(stored === null ? undefined : JSON.parse(stored));
    const after = change(before);
    const entry = entryValues(ctx, { ...record, before, after });
    const row = [key, JSON.stringify(after), ctx.clock.now(), ctx.actor.name];
    const changed =
      stored === null
        ? await ctx.db.sql(insertFirst, [...entry, ...row], { isPrepared: true })
        : await ctx.db.sql(replaceRead, [...entry, ...row, stored], { isPrepared: true });
    if (changed.length > 0) return after;
  }
  throw conflict(`${key} is being changed by many others at this moment. Try again.`);
}

/** As text: what is compared later is what was read, to the last digit. */
async function readSetting({ db }: Pick<Ctx, "db">, key: string): Promise<string | null> {
  const [row] = await db.sql<{ value: string }>(
    "SELECT value::text AS value FROM setting WHERE key = $1",
    [key],
    { isPrepared: true },
  );
  return row?.value ?? null;
}

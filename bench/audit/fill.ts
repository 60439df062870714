import type { OpenDatabase } from "../../server/adapters/postgres/database.ts";
import { sealEntries } from "../../server/features/audit/seal-entries.ts";
import type { Clock } from "../../server/kernel/clock.ts";

const perStatement = 100_000;

/** Entries of the usual size, written by one statement after the other, so that the chain is long enough to measure. */
export async function copyEntries(db: OpenDatabase, count: number): Promise<void> {
  for (let written = 0; written < count; written += perStatement)
    await db.sql(
      `INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, action, subject, network, before, after, reason, request_id, address)
       SELECT now(), 'person', 'person-' || n % 50, 'Person ' || n % 50, 'alert.rule.update', 'rule:' || n, 3,
         jsonb_build_object('severity', 'warning', 'for', '2m', 'routes', jsonb_build_array('gateway / warning')),
         jsonb_build_object('severity', 'warning', 'for', '2m', 'routes', jsonb_build_array('gateway / warning', 'agent owner')),
         'Owner of the agent should hear it too', gen_random_uuid()::text, '192.0.2.18'
       FROM generate_series(1, $1::int) n`,
      [Math.min(perStatement, count - written)],
      { timeoutMs: 120_000 },
    );
}

export async function sealAll(ctx: {
  db: OpenDatabase;
  clock: Clock;
}): Promise<{ sealed: number; perSecond: number }> {
  const startedAt = performance.now();
  let sealed = 0;
  for (;;) {
    const more = await sealEntries(ctx);
    if (more === 0) break;
    sealed += more;
  }
  return { sealed, perSecond: Math.round(sealed / ((performance.now() - startedAt) / 1_000)) };
}

import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { AlertDetail } from "./detail-schema.ts";
import { listRules } from "./list-rules.ts";
import type { AlertEvent, AlertInput } from "./schema.ts";
import { type AlertRow, alertColumns, toAlert, toInstant } from "./store.ts";

const shownEvents = 50;

/** One alert with its rule as it is now, what happened to it, and how often the same was there before. */
export async function getAlert(
  ctx: Pick<Ctx, "db" | "clock">,
  { network, id }: AlertInput,
): Promise<AlertDetail> {
  const net = networkByName(network).id;
  const rows = await ctx.db.sql<AlertRow>(
    `SELECT ${alertColumns} FROM alert WHERE network = $1 AND id = $2`,
    [net, id],
  );
  const row = rows[0];
  if (!row) throw notFound("alert", id);
  const [events, before, rules] = await Promise.all([
    listEvents(ctx, id),
    ctx.db.sql<{ fired: number; lastAt: Date | null }>(
      `SELECT count(*)::int AS fired, max(firing_at) AS "lastAt" FROM alert
       WHERE network = $1 AND subject_kind = $2 AND subject_id = $3 AND rule = $4 AND id < $5
         AND firing_at > $6::timestamptz - interval '30 days'`,
      [net, row.subjectKind, row.subjectId, row.rule, id, row.pendingAt],
    ),
    listRules(ctx, { network }),
  ]);
  return {
    alert: toAlert(row),
    rule: rules.find((rule) => rule.id === row.rule) ?? null,
    events,
    firedBefore: before[0]?.fired ?? 0,
    lastFiredAt: toInstant(before[0]?.lastAt ?? null),
  };
}

async function listEvents({ db }: Pick<Ctx, "db">, alert: string): Promise<AlertEvent[]> {
  const rows = await db.sql<Omit<AlertEvent, "at"> & { at: Date }>(
    `SELECT id, at, kind, actor_name AS actor, note FROM alert_event WHERE alert = $1 ORDER BY id DESC LIMIT ${shownEvents}`,
    [alert],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

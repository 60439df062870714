import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import { occurrenceAt } from "../../kernel/time-window.ts";
import type { Transaction } from "../../ports/database.ts";
import { type EventRecord, recordEvents } from "../alerts/record-events.ts";
import { wakeNotifications } from "../notify/queue-notifications.ts";
import { likePattern } from "./store.ts";
import { timeWindowSchema } from "./time-schema.ts";

type Moment = { network: NetworkName; at: Date };
type OpenWindow = { id: string; title: string; rule: string | null; names: string | null; time: unknown };
type Running = { id: string; title: string; rule: string | null; names: string | null; endsAt: Date };
type Moved = { id: string; window: string | null; wasHeld: boolean };

/**
 * Marks every open alert with the window that holds it now, of several the one that ends last, and lets go of those that none
 * does any more. It says what is, not what changed: whoever calls it, however late and however often, comes to the same.
 * Returns how many alerts went in or out.
 */
export async function holdAlerts(tx: Transaction, moment: Moment): Promise<number> {
  const running = await listRunning(tx, moment);
  const moved = await mark(tx, moment.network, running);
  const titles = new Map(running.map(({ id, title }) => [id, title]));
  const entered = moved.filter(({ window, wasHeld }) => window !== null && !wasHeld);
  const left = moved.filter(({ window }) => window === null);
  await recordEvents(tx, moment, [
    ...entered.map(({ id, window }): EventRecord => {
      return { alert: id, kind: "maintenance", actor: null, note: titles.get(window ?? "") ?? null };
    }),
    ...left.map(({ id }): EventRecord => ({ alert: id, kind: "maintained", actor: null, note: null })),
  ]);
  await wakeNotifications(
    tx,
    left.map(({ id }) => id),
    moment.at,
  );
  return entered.length + left.length;
}

async function listRunning(tx: Transaction, { network, at }: Moment): Promise<Running[]> {
  const rows = await tx.$queryRaw<OpenWindow[]>`
    SELECT id::text AS id, title, rule, names, time FROM maintenance_window
    WHERE network = ${networkByName(network).id} AND closes_at > ${at}`;
  return rows.flatMap(({ time, names, ...row }) => {
    const parsed = timeWindowSchema.safeParse(time);
    const current = parsed.success ? occurrenceAt(parsed.data, at) : null;
    return current === null ? [] : [{ ...row, names: names && likePattern(names), endsAt: current.endsAt }];
  });
}

/** Two who do it at once: the second finds it done, and reports nothing. */
function mark(tx: Transaction, network: NetworkName, running: readonly Running[]): Promise<Moved[]> {
  const net = networkByName(network).id;
  if (running.length === 0)
    return tx.$queryRaw<Moved[]>`
      UPDATE alert SET maintenance = NULL, maintenance_until = NULL
      WHERE network = ${net} AND maintenance IS NOT NULL AND resolved_at IS NULL
      RETURNING id::text AS id, NULL AS window, true AS "wasHeld"`;
  return tx.$queryRaw<Moved[]>`
    WITH best AS (
      SELECT a.id AS alert, a.maintenance AS before, w.id AS window, w."endsAt"
      FROM alert a LEFT JOIN LATERAL (
        SELECT w.id, w."endsAt" FROM jsonb_to_recordset(${JSON.stringify(running)}::jsonb)
          AS w(id bigint, rule text, names text, "endsAt" timestamptz(3))
        WHERE (w.rule IS NULL OR w.rule = a.rule) AND (w.names IS NULL OR a.subject_name LIKE w.names)
        ORDER BY w."endsAt" DESC, w.id LIMIT 1) AS w ON true
      WHERE a.network = ${net} AND a.resolved_at IS NULL
        AND (a.maintenance, a.maintenance_until) IS DISTINCT FROM (w.id, w."endsAt"))
    UPDATE alert SET maintenance = best.window, maintenance_until = best."endsAt" FROM best
    WHERE alert.id = best.alert AND alert.resolved_at IS NULL AND alert.maintenance IS NOT DISTINCT FROM best.before
    RETURNING alert.id::text AS id, best.window::text AS window, best.before IS NOT NULL AS "wasHeld"`;
}

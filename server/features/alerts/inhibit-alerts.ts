import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";
import { wakeNotifications } from "../notify/queue-notifications.ts";
import { explainableRules, explainingRules, type FiringAlert, inhibitorOf } from "./inhibition-rules.ts";
import { type EventRecord, recordEvents } from "./record-events.ts";

type Moment = { network: NetworkName; at: Date };
type Candidate = FiringAlert & { before: string | null; firing: FiringAlert[] };
type Mark = { id: string; source: string | null; note: string | null; wasHeld: boolean };

/**
 * Marks every open alert with the one that explains it now, and lets go of those that none does any more. It says what is,
 * not what changed: after a restart, or by a second evaluator, it comes to the same. Returns how many went in or out.
 */
export async function inhibitAlerts(tx: Transaction, moment: Moment): Promise<number> {
  const marks = (await listCandidates(tx, moment.network)).flatMap(toMark);
  if (marks.length === 0) return 0;
  await tx.$executeRaw`
    UPDATE alert SET inhibited_by = m.source
    FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS m(id bigint, source bigint)
    WHERE alert.id = m.id AND alert.resolved_at IS NULL`;
  const entered = marks.filter(({ source, wasHeld }) => source !== null && !wasHeld);
  const left = marks.filter(({ source }) => source === null);
  await recordEvents(tx, moment, [
    ...entered.map(({ id, note }): EventRecord => ({ alert: id, kind: "inhibited", actor: null, note })),
    ...left.map(({ id }): EventRecord => ({ alert: id, kind: "uninhibited", actor: null, note: null })),
  ]);
  await wakeNotifications(
    tx,
    left.map(({ id }) => id),
    moment.at,
  );
  return entered.length + left.length;
}

/** What something that fires on its subject may explain, and what is marked: never all that is open. */
function listCandidates(tx: Transaction, network: NetworkName): Promise<Candidate[]> {
  const net = networkByName(network).id;
  return tx.$queryRaw<Candidate[]>`
    WITH source AS MATERIALIZED (
      SELECT id, rule, subject_kind, subject_id FROM alert
      WHERE network = ${net} AND rule = ANY (${explainingRules}) AND resolved_at IS NULL AND state = 'firing'),
    candidate AS (
      SELECT t.id FROM source s JOIN alert t ON t.network = ${net} AND t.rule = ANY (${explainableRules})
        AND t.subject_kind = s.subject_kind AND t.subject_id = s.subject_id AND t.resolved_at IS NULL
      UNION
      SELECT id FROM alert WHERE network = ${net} AND inhibited_by IS NOT NULL AND resolved_at IS NULL)
    SELECT a.id::text AS id, a.rule, a.inhibited_by::text AS before,
           coalesce(jsonb_agg(jsonb_build_object('id', s.id::text, 'rule', s.rule) ORDER BY s.id)
                      FILTER (WHERE s.id IS NOT NULL), '[]') AS firing
    FROM candidate c JOIN alert a ON a.id = c.id
    LEFT JOIN source s ON s.subject_kind = a.subject_kind AND s.subject_id = a.subject_id
    GROUP BY a.id`;
}

function toMark({ firing, before, ...alert }: Candidate): Mark[] {
  const source = inhibitorOf(alert, firing);
  if ((source?.id ?? null) === before) return [];
  const note = source && `A-${source.id}, ${source.rule}`;
  return [{ id: alert.id, source: source?.id ?? null, note, wasHeld: before !== null }];
}

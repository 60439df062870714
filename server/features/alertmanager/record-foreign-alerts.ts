import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";
import { inhibitAlerts } from "../alerts/inhibit-alerts.ts";
import { type EventRecord, recordEvents } from "../alerts/record-events.ts";
import { rankOf } from "../alerts/rules.ts";
import { holdAlerts } from "../maintenance/hold-alerts.ts";
import type { ForeignAlert } from "./alertmanager-schema.ts";
import { foreignSeverity, foreignSubject, foreignWords, safeLink } from "./rules.ts";

type Moment = { network: NetworkName; at: Date };
type Row = { id: string; detail: string; isNew: boolean };

/**
 * Takes what fires and what resolved into the one list. The same message again changes nothing but how often it was seen;
 * a firing that comes after its own end is ignored. Returns how many alerts opened or resolved.
 */
export async function recordForeignAlerts(
  tx: Transaction,
  moment: Moment,
  alerts: readonly ForeignAlert[],
): Promise<number> {
  const opened = await open(
    tx,
    moment,
    alerts.filter(({ status }) => status === "firing"),
  );
  const resolved = await resolve(
    tx,
    moment,
    alerts.filter(({ status }) => status === "resolved"),
  );
  const toEvent =
    (kind: EventRecord["kind"]) =>
    ({ id, detail }: Row): EventRecord => ({ alert: id, kind, actor: null, note: detail });
  const events = [
    ...opened.filter(({ isNew }) => isNew).map(toEvent("firing")),
    ...resolved.map(toEvent("resolved")),
  ];
  if (opened.length > 0) await holdAlerts(tx, moment);
  if (events.length > 0) await inhibitAlerts(tx, moment);
  await recordEvents(tx, moment, events);
  return events.length;
}

function open(tx: Transaction, { network, at }: Moment, alerts: readonly ForeignAlert[]): Promise<Row[]> {
  if (alerts.length === 0) return Promise.resolve([]);
  const net = networkByName(network).id;
  // One message may hold an alert twice; a statement may touch its row once.
  const rows = [...new Map(alerts.map((alert) => [alert.fingerprint, toRow(alert)])).values()];
  return tx.$queryRaw<Row[]>`
    INSERT INTO alert (network, rule, subject_kind, subject_id, subject_name, fingerprint, source, severity, state, title,
                       detail, labels, link, pending_at, firing_at, evaluated_at, silence, quiet_until)
    SELECT ${net}, w.rule, w."subjectKind", w."subjectId", coalesce(n.name, w."subjectId"), w.fingerprint, 'alertmanager',
           w.severity, 'firing', w.title, w.detail, w.labels, w.link, least(w."startsAt", ${at}), least(w."startsAt", ${at}),
           ${at}, s.id, s.ends_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS w(rule text, "subjectKind" text, "subjectId" text, fingerprint text, severity smallint, title text, detail text,
           labels jsonb, link text, "startsAt" timestamptz(3), "silencedBy" jsonb)
    LEFT JOIN LATERAL (SELECT a.subject_name AS name FROM alert a WHERE a.network = ${net} AND a.source = 'rule'
                         AND a.subject_kind = w."subjectKind" AND a.subject_id = w."subjectId"
                       ORDER BY a.id DESC LIMIT 1) AS n ON true
    LEFT JOIN LATERAL (
      SELECT id, ends_at FROM alert_silence
      WHERE network = ${net} AND ended_at IS NULL AND starts_at <= ${at} AND ends_at > ${at}
        AND (w."silencedBy" ? external_id OR (
          (rule IS NOT NULL OR subject_id IS NOT NULL) AND (rule IS NULL OR rule = w.rule)
          AND (subject_id IS NULL OR (subject_kind = w."subjectKind" AND subject_id = w."subjectId"))))
      ORDER BY ends_at DESC LIMIT 1) AS s ON true
    WHERE NOT EXISTS (SELECT FROM alert o WHERE o.network = ${net} AND o.source = 'alertmanager'
                        AND o.fingerprint = w.fingerprint AND o.resolved_at IS NOT NULL
                        AND o.pending_at >= least(w."startsAt", ${at}))
    ON CONFLICT (network, rule, subject_kind, subject_id, fingerprint) WHERE resolved_at IS NULL DO UPDATE
      SET evaluated_at = excluded.evaluated_at, seen = alert.seen + 1, severity = excluded.severity,
          title = excluded.title, detail = excluded.detail, labels = excluded.labels, link = excluded.link,
          silence = coalesce(excluded.silence, alert.silence),
          quiet_until = greatest(excluded.quiet_until, alert.quiet_until)
    RETURNING id::text AS id, detail, (xmax = 0) AS "isNew"`;
}

function toRow(alert: ForeignAlert) {
  const { labels, fingerprint, startsAt, generatorURL, silencedBy } = alert;
  const subject = foreignSubject(labels);
  return {
    ...foreignWords(alert),
    subjectKind: subject.kind,
    subjectId: subject.id,
    fingerprint,
    severity: rankOf(foreignSeverity(labels)),
    labels,
    link: safeLink(generatorURL),
    startsAt,
    silencedBy: silencedBy ?? [],
  };
}

/** What never opened here has nothing to end. */
function resolve(tx: Transaction, { network, at }: Moment, alerts: readonly ForeignAlert[]): Promise<Row[]> {
  if (alerts.length === 0) return Promise.resolve([]);
  const rows = alerts.map(({ fingerprint, startsAt, endsAt }) => ({ fingerprint, startsAt, endsAt }));
  return tx.$queryRaw<Row[]>`
    UPDATE alert SET state = 'resolved', evaluated_at = ${at},
      resolved_at = greatest(least(w."endsAt", ${at}), alert.firing_at)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS w(fingerprint text, "startsAt" timestamptz(3), "endsAt" timestamptz(3))
    WHERE alert.network = ${networkByName(network).id} AND alert.source = 'alertmanager' AND alert.resolved_at IS NULL
      AND alert.fingerprint = w.fingerprint AND alert.pending_at <= least(w."startsAt", ${at})
    RETURNING alert.id::text AS id, alert.detail, true AS "isNew"`;
}

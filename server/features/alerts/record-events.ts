import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";
import { type AlertChange, queueNotifications } from "../notify/queue-notifications.ts";
import { severityOf } from "./rules.ts";
import type { AlertEvent } from "./schema.ts";

export type EventRecord = {
  alert: string;
  kind: AlertEvent["kind"];
  /** Null = the evaluator. */
  actor: string | null;
  note: string | null;
};

type Moment = { network: NetworkName; at: Date };
type Recorded = { id: string; alert: string; kind: AlertEvent["kind"] };

/** Appends to the history of alerts, and queues whom it is to be told, in the transaction that changes them. */
export async function recordEvents(
  tx: Transaction,
  moment: Moment,
  events: readonly EventRecord[],
): Promise<void> {
  if (events.length === 0) return;
  const recorded = await tx.$queryRaw<Recorded[]>`
    INSERT INTO alert_event (alert, at, kind, actor_name, note)
    SELECT alert, ${moment.at}, kind, actor, note
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e(alert bigint, kind text, actor text, note text)
    RETURNING id::text AS id, alert::text AS alert, kind`;
  const news = recorded.filter(({ kind }) => isNews(kind));
  if (news.length > 0) await queueNotifications(tx, moment, await listChanges(tx, moment.network, news));
}

function isNews(kind: AlertEvent["kind"]): kind is AlertChange["change"] {
  return kind === "firing" || kind === "resolved" || kind === "acknowledged";
}

type ChangeRow = {
  id: string;
  event: string;
  change: AlertChange["change"];
  rule: string;
  source: string;
  severity: number;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  labels: Record<string, string>;
  quietUntil: Date | null;
  maintenanceUntil: Date | null;
};

async function listChanges(
  tx: Transaction,
  network: NetworkName,
  news: readonly Recorded[],
): Promise<AlertChange[]> {
  const rows = await tx.$queryRaw<ChangeRow[]>`
    SELECT a.id::text AS id, e.id::text AS event, e.kind AS change, a.rule, a.source, a.severity,
           a.subject_kind AS "subjectKind", a.subject_id AS "subjectId", a.subject_name AS "subjectName", a.labels,
           a.quiet_until AS "quietUntil", a.maintenance_until AS "maintenanceUntil"
    FROM alert_event e JOIN alert a ON a.id = e.alert
    WHERE a.network = ${networkByName(network).id} AND e.id = ANY (${news.map(({ id }) => id)}::bigint[])`;
  return rows.map(({ severity, subjectKind, subjectId, subjectName, ...row }) => ({
    ...row,
    network,
    severity: severityOf(severity),
    subject: { kind: subjectKind, id: subjectId, name: subjectName },
  }));
}

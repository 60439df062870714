import type { NetworkName } from "../../kernel/networks.ts";
import { networkByName } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Database, Transaction } from "../../ports/database.ts";
import { ruleCatalogue } from "./catalogue.ts";
import { isOwnRule, toEffectiveRule } from "./own-rules.ts";
import { ownRuleSchema, ruleChangesSchema } from "./rule-schema.ts";
import { type EffectiveRule, severityOf, withChanges } from "./rules.ts";
import { type Alert, type SubjectKind, subjectKinds } from "./schema.ts";

export type AlertRow = {
  id: string;
  rule: string;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  severity: number;
  state: Alert["state"];
  title: string;
  detail: string;
  seen: number;
  pendingAt: Date;
  firingAt: Date | null;
  fineSince: Date | null;
  evaluatedAt: Date;
  resolvedAt: Date | null;
  acknowledgedAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  quietUntil: Date | null;
  silence: string | null;
  maintenance: string | null;
  maintenanceUntil: Date | null;
  inhibitedBy: Alert["inhibitedBy"];
  source: Alert["source"];
  link: string | null;
  labels: Record<string, string>;
};

export const alertColumns = `id, rule, subject_kind AS "subjectKind", subject_id AS "subjectId", subject_name AS "subjectName",
  severity, state, title, detail, seen, pending_at AS "pendingAt", firing_at AS "firingAt", fine_since AS "fineSince",
  evaluated_at AS "evaluatedAt", resolved_at AS "resolvedAt", acknowledged_at AS "acknowledgedAt",
  owner_id AS "ownerId", owner_name AS "ownerName", quiet_until AS "quietUntil", silence, maintenance::text AS maintenance,
  maintenance_until AS "maintenanceUntil",
  (SELECT jsonb_build_object('id', o.id::text, 'title', o.title) FROM alert o WHERE o.id = alert.inhibited_by) AS "inhibitedBy",
  source, link, labels`;

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    rule: row.rule,
    subject: { kind: toSubjectKind(row.subjectKind), id: row.subjectId, name: row.subjectName },
    severity: severityOf(row.severity),
    state: row.state,
    title: row.title,
    detail: row.detail,
    seen: row.seen,
    pendingAt: row.pendingAt.toISOString(),
    firingAt: toInstant(row.firingAt),
    fineSince: toInstant(row.fineSince),
    evaluatedAt: row.evaluatedAt.toISOString(),
    resolvedAt: toInstant(row.resolvedAt),
    acknowledgedAt: toInstant(row.acknowledgedAt),
    owner: row.ownerName,
    ownerId: row.ownerId,
    quietUntil: toInstant(row.quietUntil),
    silence: row.silence,
    maintenance: row.maintenance,
    maintenanceUntil: toInstant(row.maintenanceUntil),
    inhibitedBy: row.inhibitedBy,
    source: row.source,
    link: row.link,
    labels: row.labels,
  };
}

export function toInstant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

export function toSubjectKind(text: string): SubjectKind {
  return subjectKinds.find((kind) => kind === text) ?? "node";
}

export type StoredRevision = {
  rule: string;
  revision: number;
  changes: unknown;
  reason: string;
  madeAt: Date;
  madeBy: string;
};

export type LoadedRule = EffectiveRule & { changed: StoredRevision | null };

/** Every rule as the network has it now. What no longer fits (an older release wrote them) are left out. */
export async function loadRules(
  db: Pick<Database, "sql">,
  network: NetworkName,
): Promise<Map<string, LoadedRule>> {
  const rows = await db.sql<StoredRevision>(
    `SELECT DISTINCT ON (rule) rule, revision, changes, reason, made_at AS "madeAt", made_by AS "madeBy"
     FROM alert_rule WHERE network = $1 ORDER BY rule, revision DESC`,
    [networkByName(network).id],
  );
  const changed = new Map(rows.map((row) => [row.rule, row]));
  const builtIn = ruleCatalogue.map((rule): LoadedRule => {
    const stored = changed.get(rule.id) ?? null;
    const changes = ruleChangesSchema.safeParse(stored?.changes ?? {});
    const effective = withChanges(rule, changes.success ? changes.data : {}, stored?.revision ?? 0);
    return { ...effective, changed: stored };
  });
  return new Map([...builtIn, ...rows.flatMap(toOwn)].map((rule) => [rule.id, rule]));
}

function toOwn(stored: StoredRevision): LoadedRule[] {
  if (!isOwnRule(stored.rule)) return [];
  const own = ownRuleSchema.safeParse(stored.changes);
  if (!own.success) return [];
  return [{ ...toEffectiveRule(stored.rule, own.data, stored.revision), changed: stored }];
}

/** Tells the browsers of a network that its alerts changed, when the transaction is committed. */
export async function announceAlerts(tx: Transaction, network: NetworkName, at: Date): Promise<void> {
  const notice = encodeNotice({
    topic: "alerts",
    network: networkByName(network).id,
    ids: [],
    at: at.getTime(),
  });
  await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
}

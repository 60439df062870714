import type { NetworkName } from "../../kernel/networks.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { holdAlerts } from "../maintenance/hold-alerts.ts";
import { inhibitAlerts } from "./inhibit-alerts.ts";
import { recordEvents } from "./record-events.ts";
import {
  type Decision,
  decide,
  type EffectiveRule,
  limitSentence,
  type OpenAlert,
  rankOf,
  severityOf,
} from "./rules.ts";
import type { Signal } from "./signals.ts";
import { announceAlerts, loadRules } from "./store.ts";

/** One row that a round writes. */
type Write = {
  rule: string;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  severity: number;
  title: string;
  detail: string;
  labels: Readonly<Record<string, string>>;
  value: number | null;
  decision: Exclude<Decision["kind"], "nothing">;
  state: "pending" | "firing" | null;
};

type OpenRow = {
  rule: string;
  subjectKind: string;
  subjectId: string;
  state: "pending" | "firing";
  severity: number;
  pendingAt: Date;
  fineSince: Date | null;
  evaluatedAt: Date;
};

export type RoundResult = { signals: number; unknown: number; changed: number };

/**
 * One round over a network's figures: decides for every rule and subject, and writes what changed in one transaction.
 * An open alert whose subject has no figure any more (a node that left, a topic taken out) is closed.
 */
export async function evaluateNetwork(
  ctx: Ctx,
  network: NetworkName,
  signals: Iterable<Signal>,
): Promise<RoundResult> {
  const startedAt = performance.now();
  const at = ctx.clock.now();
  const [rules, open] = await Promise.all([loadRules(ctx.db, network), listOpen(ctx, network)]);
  const { writes, seen, unknown } = judge(signals, { rules, open, at });
  await ctx.db.prisma.$transaction(async (tx) => {
    const changed = await applyWrites(tx, { network, at, writes });
    const tookMs = performance.now() - startedAt;
    await tx.$executeRaw`
      INSERT INTO alert_round (network, at, took_ms, signals, unknown)
      VALUES (${networkByName(network).id}, ${at}, ${tookMs}, ${seen}, ${unknown})
      ON CONFLICT (network) DO UPDATE SET at = excluded.at, took_ms = excluded.took_ms, signals = excluded.signals,
        unknown = excluded.unknown`;
    if (changed > 0) await announceAlerts(tx, network, at);
  });
  return { signals: seen, unknown, changed: writes.length };
}

type Judged = { writes: Write[]; seen: number; unknown: number };

function judge(signals: Iterable<Signal>, round: Round): Judged {
  const writes: Write[] = [];
  const watched = new Set<OpenRow>();
  let [seen, unknown] = [0, 0];
  for (const signal of signals) {
    seen += 1;
    if (signal.value === null) unknown += 1;
    const { kind, id } = signal.subject;
    const known = round.open.get(signal.rule)?.get(subjectKey(kind, id)) ?? null;
    if (known) watched.add(known);
    const write = writeFor(signal, known, round);
    if (write) writes.push(write);
  }
  return { writes: [...writes, ...closeOrphans(watched, round)], seen, unknown };
}

/** What is open, by rule and then by subject: most rules have nothing open, and are done with one look. */
type Open = ReadonlyMap<string, ReadonlyMap<string, OpenRow>>;

function subjectKey(kind: string, id: string): string {
  return `${kind} ${id}`;
}

async function listOpen({ db }: Ctx, network: NetworkName): Promise<Open> {
  const rows = await db.sql<OpenRow>(
    `SELECT rule, subject_kind AS "subjectKind", subject_id AS "subjectId", state, severity, pending_at AS "pendingAt",
            fine_since AS "fineSince", evaluated_at AS "evaluatedAt"
     FROM alert WHERE network = $1 AND source = 'rule' AND resolved_at IS NULL`,
    [networkByName(network).id],
  );
  const open = new Map<string, Map<string, OpenRow>>();
  for (const row of rows) {
    const ofRule = open.get(row.rule) ?? new Map<string, OpenRow>();
    open.set(row.rule, ofRule.set(subjectKey(row.subjectKind, row.subjectId), row));
  }
  return open;
}

type Round = { rules: ReadonlyMap<string, EffectiveRule>; open: Open; at: Date };

function writeFor(signal: Signal, known: OpenRow | null, { rules, at }: Round): Write | null {
  const rule = rules.get(signal.rule);
  if (!rule) return null;
  const { subject, value } = signal;
  const decision = decide(rule, known && toOpenAlert(known), { value, at });
  if (decision.kind === "nothing") return null;
  return {
    rule: rule.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectName: subject.name,
    severity: rankOf(rule.severity),
    title: rule.title,
    detail: detailOf(rule, signal),
    labels: rule.own?.labels ?? {},
    value,
    decision: decision.kind,
    state: decision.kind === "open" ? decision.state : null,
  };
}

function toOpenAlert({ state, severity, pendingAt, fineSince, evaluatedAt }: OpenRow): OpenAlert {
  return { state, severity: severityOf(severity), pendingAt, fineSince, evaluatedAt };
}

/** "2 m 10 s, limit above 15 s for 15 s; last heard 03:05:04 UTC" */
function detailOf(rule: EffectiveRule, { value, note }: Signal): string {
  const figure = value === null ? "not known" : rule.wordLimit(value);
  return `${figure}, limit ${limitSentence(rule)}${note ? `; ${note}` : ""}`;
}

/** Nothing says any more that it is over its limit, and nothing ever will. */
function closeOrphans(watched: ReadonlySet<OpenRow>, { rules, open }: Round): Write[] {
  const rows = [...open.values()].flatMap((ofRule) => [...ofRule.values()]);
  return rows
    .filter((row) => !watched.has(row))
    .map(({ rule, subjectKind, subjectId, severity, state }) => ({
      rule,
      subjectKind,
      subjectId,
      subjectName: subjectId,
      severity,
      title: rules.get(rule)?.title ?? rule,
      detail: "No longer watched: it is gone, or the rule is.",
      labels: {},
      value: null,
      decision: state === "pending" ? "drop" : "resolve",
      state: null,
    }));
}

type Writes = { network: NetworkName; at: Date; writes: readonly Write[] };

/** In one statement a kind of change, however many rows. Returns how many alerts changed their state. */
async function applyWrites(tx: Transaction, { network, at, writes }: Writes): Promise<number> {
  const of = (...kinds: Write["decision"][]) => writes.filter(({ decision }) => kinds.includes(decision));
  const net = networkByName(network).id;
  const opened = await openAlerts(tx, { net, at, writes: of("open") });
  const moved = await moveAlerts(tx, { net, at, writes: of("keep", "restart", "fire", "ease", "resolve") });
  const dropped = of("drop");
  if (dropped.length > 0)
    await tx.$executeRaw`
      DELETE FROM alert USING jsonb_to_recordset(${JSON.stringify(dropped)}::jsonb)
        AS w(rule text, "subjectKind" text, "subjectId" text)
      WHERE alert.network = ${net} AND alert.rule = w.rule AND alert.subject_kind = w."subjectKind"
        AND alert.subject_id = w."subjectId" AND alert.resolved_at IS NULL AND alert.source = 'rule'
        AND alert.state = 'pending'`;
  // Before anybody is told: what fires within a window waits for its end.
  const held = await holdAlerts(tx, { network, at });
  const inhibited = await inhibitAlerts(tx, { network, at });
  const events = [...opened, ...moved].filter(({ kind }) => kind !== "keep");
  await recordEvents(
    tx,
    { network, at },
    events.map(({ id, kind, detail }) => ({ alert: id, kind: eventKinds[kind], actor: null, note: detail })),
  );
  return events.length + dropped.length + held + inhibited;
}

type Moved = { id: string; kind: keyof typeof eventKinds; detail: string };
const eventKinds = {
  pending: "pending",
  firing: "firing",
  keep: "firing",
  restart: "pending",
  fire: "firing",
  ease: "fine",
  resolve: "resolved",
} as const;

type RowWrites = { net: number; at: Date; writes: readonly Write[] };

/** A silence that runs hides what opens from its first moment. Who came second (another evaluator) writes nothing. */
function openAlerts(tx: Transaction, { net, at, writes }: RowWrites): Promise<Moved[]> {
  if (writes.length === 0) return Promise.resolve([]);
  return tx.$queryRaw<Moved[]>`
    INSERT INTO alert (network, rule, subject_kind, subject_id, subject_name, severity, state, title, detail, labels, value,
                       pending_at, firing_at, evaluated_at, silence, quiet_until)
    SELECT ${net}, w.rule, w."subjectKind", w."subjectId", w."subjectName", w.severity, w.state, w.title, w.detail, w.labels, w.value,
           ${at}, CASE w.state WHEN 'firing' THEN ${at}::timestamptz END, ${at}, s.id, s.ends_at
    FROM jsonb_to_recordset(${JSON.stringify(writes)}::jsonb)
      AS w(rule text, "subjectKind" text, "subjectId" text, "subjectName" text, severity smallint, state text, title text,
           detail text, labels jsonb, value float8)
    LEFT JOIN LATERAL (
      SELECT id, ends_at FROM alert_silence
      WHERE network = ${net} AND ended_at IS NULL AND starts_at <= ${at} AND ends_at > ${at}
        AND (rule IS NOT NULL OR subject_id IS NOT NULL) AND (rule IS NULL OR rule = w.rule)
        AND (subject_id IS NULL OR (subject_kind = w."subjectKind" AND subject_id = w."subjectId"))
      ORDER BY ends_at DESC LIMIT 1) AS s ON true
    ON CONFLICT (network, rule, subject_kind, subject_id, fingerprint) WHERE resolved_at IS NULL DO NOTHING
    RETURNING id::text AS id, state AS kind, detail`;
}

function moveAlerts(tx: Transaction, { net, at, writes }: RowWrites): Promise<Moved[]> {
  if (writes.length === 0) return Promise.resolve([]);
  return tx.$queryRaw<Moved[]>`
    UPDATE alert SET
      evaluated_at = ${at},
      subject_name = CASE w.decision WHEN 'resolve' THEN alert.subject_name ELSE w."subjectName" END,
      severity = w.severity,
      detail = CASE WHEN w.decision IN ('ease', 'resolve') THEN alert.detail ELSE w.detail END,
      value = coalesce(w.value, alert.value),
      seen = alert.seen + CASE WHEN w.decision IN ('keep', 'fire') THEN 1 ELSE 0 END,
      pending_at = CASE w.decision WHEN 'restart' THEN ${at} ELSE alert.pending_at END,
      firing_at = CASE w.decision WHEN 'fire' THEN ${at} ELSE alert.firing_at END,
      fine_since = CASE w.decision WHEN 'ease' THEN ${at} WHEN 'keep' THEN NULL ELSE alert.fine_since END,
      state = CASE w.decision WHEN 'fire' THEN 'firing' WHEN 'resolve' THEN 'resolved' ELSE alert.state END,
      resolved_at = CASE w.decision WHEN 'resolve' THEN ${at}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(writes)}::jsonb)
      AS w(rule text, "subjectKind" text, "subjectId" text, "subjectName" text, severity smallint, detail text, value float8,
           decision text)
    WHERE alert.network = ${net} AND alert.rule = w.rule AND alert.subject_kind = w."subjectKind"
      AND alert.subject_id = w."subjectId" AND alert.resolved_at IS NULL AND alert.source = 'rule'
      AND alert.evaluated_at < ${at}
    RETURNING alert.id::text AS id, w.decision AS kind, w.detail AS detail`;
}

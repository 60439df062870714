import { randomUUID } from "node:crypto";
import { networkById } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { severityOf } from "../alerts/rules.ts";
import { buildContent } from "./build-content.ts";
import { allLabels, type ItemVerdict, judgeItem } from "./rules.ts";
import { type Change, type RouteDefinition, routeDefinitionSchema } from "./schema.ts";

type ItemRow = {
  id: string;
  network: number;
  alert: string;
  receiver: string;
  routeName: string;
  definition: unknown;
  change: Change;
  groupKey: string;
  at: Date;
  lastMadeAt: Date | null;
  held: string | null;
  wasTold: boolean;
  /** When the firing that waits is due. */
  firingDueAt: Date | null;
  rule: string;
  source: string;
  severity: number;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  labels: Record<string, string>;
  title: string;
  detail: string;
  firingAt: Date | null;
  resolvedAt: Date | null;
  quietUntil: Date | null;
  maintenanceUntil: Date | null;
  /** The rule of the alert that explains it. */
  inhibitedBy: string | null;
};

const mostItems = 1_000;
const mostInOne = 200;
const gatherLock = 72_707_471;

/**
 * Makes messages of the changes that are due: one for each receiver and group. Held and dropped changes say why. One
 * transaction, one process at a time; returns how many messages it made.
 */
export function gatherDeliveries(ctx: Ctx): Promise<number> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const locked = await tx.$queryRaw<
      { mine: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${gatherLock}) AS mine`;
    if (!locked[0]?.mine) return 0;
    const at = ctx.clock.now();
    const due = await listDue(tx, at);
    const toldNow = new Set<string>();
    const ready: ItemRow[] = [];
    for (const item of due) {
      const told = `${item.alert} ${item.receiver}`;
      const verdict = judge(item, toldNow.has(told), at);
      if (verdict.kind === "send") {
        ready.push(item);
        if (item.change === "firing") toldNow.add(told);
      } else await putOff(tx, item, verdict);
    }
    const groups = Map.groupBy(
      ready,
      ({ receiver, groupKey, network }) => `${network} ${receiver} ${groupKey}`,
    );
    for (const items of groups.values())
      for (let from = 0; from < items.length; from += mostInOne)
        await makeDelivery(tx, ctx, items.slice(from, from + mostInOne));
    return groups.size;
  });
}

function listDue(tx: Transaction, at: Date): Promise<ItemRow[]> {
  return tx.$queryRaw<ItemRow[]>`
    SELECT i.id::text AS id, i.network, i.alert::text AS alert, i.receiver::text AS receiver, r.name AS "routeName",
           r.definition, i.change, i.group_key AS "groupKey", i.at, i.held,
           (SELECT max(d.made_at) FROM notify_delivery d
            WHERE d.receiver = i.receiver AND d.group_key = i.group_key AND d.network = i.network) AS "lastMadeAt",
           EXISTS (SELECT FROM notify_item t WHERE t.alert = i.alert AND t.receiver = i.receiver AND t.change = 'firing'
                     AND t.delivery IS NOT NULL) AS "wasTold",
           (SELECT max(t.due_at) FROM notify_item t WHERE t.alert = i.alert AND t.receiver = i.receiver
              AND t.change = 'firing' AND t.delivery IS NULL AND t.dropped IS NULL AND t.id < i.id) AS "firingDueAt",
           a.rule, a.source, a.severity, a.subject_kind AS "subjectKind", a.subject_id AS "subjectId",
           a.subject_name AS "subjectName", a.labels, a.title, a.detail, a.firing_at AS "firingAt",
           a.resolved_at AS "resolvedAt", a.quiet_until AS "quietUntil",
           a.maintenance_until AS "maintenanceUntil",
           (SELECT o.rule FROM alert o WHERE o.id = a.inhibited_by) AS "inhibitedBy"
    FROM notify_item i JOIN notify_route r ON r.id = i.route JOIN alert a ON a.id = i.alert
    WHERE i.delivery IS NULL AND i.dropped IS NULL AND i.due_at <= ${at}
    ORDER BY i.id LIMIT ${mostItems} FOR UPDATE OF i`;
}

function judge(item: ItemRow, isToldNow: boolean, at: Date): ItemVerdict {
  const verdict = judgeItem(
    item.change,
    {
      isResolved: item.resolvedAt !== null,
      quietUntil: item.quietUntil,
      maintenanceUntil: item.maintenanceUntil,
      inhibitedBy: item.inhibitedBy,
      wasHidden: item.held !== null,
      firing: isToldNow || item.wasTold ? "told" : (item.firingDueAt ?? "untold"),
    },
    at,
  );
  if (verdict.kind !== "send" || item.lastMadeAt === null) return verdict;
  const freeAt = new Date(item.lastMadeAt.getTime() + definitionOf(item).everyMs);
  return freeAt > at ? { kind: "hold", until: freeAt, why: null } : verdict;
}

async function putOff(tx: Transaction, item: ItemRow, verdict: Exclude<ItemVerdict, { kind: "send" }>) {
  if (verdict.kind === "hold")
    await tx.$executeRaw`
      UPDATE notify_item SET due_at = ${verdict.until}, held = coalesce(${verdict.why}, held)
      WHERE id = ${item.id}::bigint`;
  else await tx.$executeRaw`UPDATE notify_item SET dropped = ${verdict.why} WHERE id = ${item.id}::bigint`;
}

async function makeDelivery(tx: Transaction, ctx: Ctx, items: readonly ItemRow[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const id = randomUUID();
  const at = ctx.clock.now();
  const content = buildContent({
    network: networkById(first.network).name,
    baseUrl: ctx.deps.self.baseUrl,
    templates: definitionOf(first),
    alerts: items.map((item) => toContentAlert(item)),
  });
  await tx.$executeRaw`
    INSERT INTO notify_delivery (id, network, receiver, route_name, group_key, content, state, made_at, next_at)
    VALUES (${id}::uuid, ${first.network}, ${first.receiver}::bigint, ${first.routeName}, ${first.groupKey},
            ${JSON.stringify(content)}::jsonb, 'waiting', ${at}, ${at})`;
  await tx.$executeRaw`
    UPDATE notify_item SET delivery = ${id}::uuid, held = NULL
    WHERE id = ANY (${items.map((item) => item.id)}::bigint[])`;
}

function definitionOf({ definition }: ItemRow): RouteDefinition {
  return routeDefinitionSchema.catch(routeDefinitionSchema.parse({})).parse(definition);
}

function toContentAlert(item: ItemRow) {
  const { alert: id, change, title, detail, subjectName: subject } = item;
  const severity = severityOf(item.severity);
  const labels = allLabels({
    network: networkById(item.network).name,
    source: item.source,
    rule: item.rule,
    severity,
    subject: { kind: item.subjectKind, id: item.subjectId, name: subject },
    labels: item.labels,
  });
  const firedAt = item.firingAt?.toISOString() ?? null;
  return { id, change, title, detail, subject, severity, labels, firedAt, at: item.at.toISOString() };
}

import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { severityOf } from "../alerts/rules.ts";
import { type LoadedRoute, loadRoutes } from "./load-routes.ts";
import { allLabels, judgeRoute, type RoutedAlert } from "./rules.ts";
import type { Change, ExplainAlertInput, Explanation } from "./schema.ts";

type AlertRow = {
  rule: string;
  source: string;
  severity: number;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  labels: Record<string, string>;
};
type ItemRow = {
  route: string;
  receiver: string;
  change: Change;
  at: Date;
  held: string | null;
  dropped: string | null;
  state: "waiting" | "sending" | "delivered" | "failed" | null;
  answer: string | null;
  tookMs: number | null;
  endedAt: Date | null;
};

/** Why each route told its receiver of this alert, or did not: by what was sent, else by the routes as they are now. */
export async function explainAlert(
  { db }: Pick<Ctx, "db">,
  { network, id }: ExplainAlertInput,
): Promise<Explanation> {
  const net = networkByName(network).id;
  const [alerts, routes, items] = await Promise.all([
    db.sql<AlertRow>(
      `SELECT rule, source, severity, subject_kind AS "subjectKind", subject_id AS "subjectId",
              subject_name AS "subjectName", labels FROM alert WHERE network = $1 AND id = $2`,
      [net, id],
    ),
    loadRoutes(db, net),
    db.sql<ItemRow>(
      `SELECT i.route, i.receiver, i.change, i.at, i.held, i.dropped, d.state, d.answer, d.took_ms AS "tookMs",
              d.ended_at AS "endedAt"
       FROM notify_item i LEFT JOIN notify_delivery d ON d.id = i.delivery
       WHERE i.alert = $1 AND i.network = $2 ORDER BY i.id`,
      [id, net],
    ),
  ]);
  const [row] = alerts;
  if (!row) throw notFound("alert", id);
  const severity = severityOf(row.severity);
  const subject = { kind: row.subjectKind, id: row.subjectId, name: row.subjectName };
  const { rule, source } = row;
  const alert = {
    severity,
    labels: allLabels({ network, source, rule, severity, subject, labels: row.labels }),
  };
  return routes.map((route) => explain(route, alert, items));
}

function explain(route: LoadedRoute, alert: RoutedAlert, items: readonly ItemRow[]): Explanation[number] {
  const own = items.filter((item) => item.route === route.id);
  const verdict = judgeRoute(route.definition, alert);
  const byOther = items.some((item) => item.receiver === route.receiver.id && item.route !== route.id);
  const isTold = own.length > 0 || (verdict.isTold && route.receiver.isEnabled && !byOther);
  return {
    route: route.name,
    receiver: route.receiver.name,
    isTold,
    why: whyOf({
      verdict: verdict.why,
      fits: verdict.isTold,
      isEnabled: route.receiver.isEnabled,
      own: own.length > 0,
      byOther,
    }),
    messages: own.map(toMessage),
  };
}

type Reasons = { verdict: string; fits: boolean; isEnabled: boolean; own: boolean; byOther: boolean };

function whyOf({ verdict, fits, isEnabled, own, byOther }: Reasons): string {
  if (own) return fits ? verdict : `told when it changed; the route as it is now would not: ${verdict}`;
  if (!fits) return verdict;
  if (!isEnabled) return "its receiver is switched off";
  return byOther
    ? "another route told this receiver"
    : `${verdict}; nothing was due since the route is there`;
}

function toMessage(item: ItemRow): Explanation[number]["messages"][number] {
  const { change, at, held, dropped, state, answer, tookMs, endedAt } = item;
  return {
    change,
    at: (endedAt ?? at).toISOString(),
    state: state ?? (dropped !== null ? "dropped" : held !== null ? "held" : "waiting"),
    detail: state === null ? (dropped ?? held) : answer,
    tookMs,
  };
}

import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";
import { type LoadedRoute, loadRoutesIn } from "./load-routes.ts";
import { allLabels, groupKey, hiddenBy, judgeRoute, type LabelledAlert, takesChange } from "./rules.ts";
import type { Change } from "./schema.ts";

/** A change of an alert, as its history has it; `event` is its id there. */
export type AlertChange = LabelledAlert & {
  id: string;
  event: string;
  change: Change;
  quietUntil: Date | null;
  maintenanceUntil: Date | null;
};

type Item = {
  event: string;
  alert: string;
  route: string;
  receiver: string;
  change: Change;
  groupKey: string;
  waitMs: number;
  hiddenUntil: string | null;
  held: string | null;
};

/**
 * Puts into the outbox whom each change is to be told, in the transaction that makes the change: neither is kept without
 * the other. A receiver hears of one change once, whatever number of routes leads to it.
 */
export async function queueNotifications(
  tx: Transaction,
  { network, at }: { network: NetworkName; at: Date },
  changes: readonly AlertChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const net = networkByName(network).id;
  const routes = await loadRoutesIn(tx, net);
  const items = changes.flatMap((change) => itemsOf(change, routes, at));
  if (items.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO notify_item (network, event, alert, route, receiver, change, group_key, at, due_at, held)
    SELECT ${net}, i.event, i.alert, i.route, i.receiver, i.change, i."groupKey", ${at},
           greatest(${at}::timestamptz + i."waitMs" * interval '1 ms', i."hiddenUntil"), i.held
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      AS i(event bigint, alert bigint, route bigint, receiver bigint, change text, "groupKey" text, "waitMs" int,
           "hiddenUntil" timestamptz, held text)
    ON CONFLICT (receiver, event) DO NOTHING`;
}

/** Alerts that are heard again are told without waiting for the end of their silence. */
export async function wakeNotifications(tx: Transaction, alerts: readonly string[], at: Date): Promise<void> {
  if (alerts.length === 0) return;
  await tx.$executeRaw`
    UPDATE notify_item SET due_at = ${at}, held = NULL
    WHERE alert = ANY (${[...alerts]}::bigint[]) AND delivery IS NULL AND dropped IS NULL AND due_at > ${at}`;
}

function itemsOf(change: AlertChange, routes: readonly LoadedRoute[], at: Date): Item[] {
  const hidden = change.change === "firing" ? hiddenBy(change, at) : null;
  const routed = { severity: change.severity, labels: allLabels(change) };
  return routes
    .filter(
      ({ definition, receiver }) =>
        receiver.isEnabled &&
        takesChange(receiver.kind, definition, change.change) &&
        judgeRoute(definition, routed).isTold,
    )
    .map(({ id, definition, receiver }) => ({
      event: change.event,
      alert: change.id,
      route: id,
      receiver: receiver.id,
      change: change.change,
      groupKey: groupKey(receiver.kind, definition.groupBy, change),
      waitMs: definition.waitMs,
      hiddenUntil: hidden?.until.toISOString() ?? null,
      held: hidden?.why ?? null,
    }));
}

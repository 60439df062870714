import type { Clock } from "../../kernel/clock.ts";
import { invalid } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import { networkNames } from "../../kernel/networks.ts";
import type { TokenActor } from "../../kernel/roles.ts";
import type { Database } from "../../ports/database.ts";
import { announceAlertChanges } from "../alerts/announce-alert-changes.ts";
import { mayUseScope } from "../tokens/rules.ts";
import { type ForeignAlert, webhookSchema } from "./alertmanager-schema.ts";
import { isHeartbeat } from "./heartbeat-rules.ts";
import { recordForeignAlerts } from "./record-foreign-alerts.ts";
import { recordHeartbeat } from "./record-heartbeat.ts";
import { foreignNetwork } from "./rules.ts";

export type WebhookParts = { db: Pick<Database, "prisma">; clock: Clock };
export type WebhookAnswer = { taken: number; changed: number; truncated: number };

/**
 * One group of alerts as Alertmanager's webhook tells it. An alert's network is its label `ddc_network`, else the token's.
 * Every alert must be placed and allowed, or nothing is stored. What is missing from a group says nothing. The heartbeat
 * is no alert: it counts for every network that the token may write.
 */
export async function receiveWebhook(
  { db, clock }: WebhookParts,
  { body, actor }: { body: string; actor: TokenActor },
): Promise<WebhookAnswer> {
  const message = parseMessage(body);
  const alerts = message.alerts.filter(({ labels }) => !isHeartbeat(labels));
  const isAlive = message.alerts.some(({ labels, status }) => isHeartbeat(labels) && status === "firing");
  const byNetwork = Map.groupBy(alerts, ({ labels }) => placeOf(labels, actor));
  const at = clock.now();
  let changed = 0;
  await db.prisma.$transaction(async (tx) => {
    for (const [network, alerts] of byNetwork) {
      const foreign = alerts.map((alert): ForeignAlert => ({ ...alert, silencedBy: null }));
      const own = await recordForeignAlerts(tx, { network, at }, foreign);
      if (own > 0) await announceAlertChanges(tx, network, at);
      changed += own;
    }
    if (isAlive) await recordHeartbeat(tx, openNetworks(actor), at);
  });
  return { taken: message.alerts.length, changed, truncated: message.truncatedAlerts };
}

function parseMessage(body: string) {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw invalid("The body is not JSON.");
  }
  const message = webhookSchema.safeParse(json);
  if (message.success) return message.data;
  const [issue] = message.error.issues;
  const pointer = `/${(issue?.path ?? []).map(String).join("/")}`;
  throw invalid(`${pointer}: ${issue?.message ?? "is not what Alertmanager's webhook (version 4) sends"}`, {
    pointer,
  });
}

function placeOf(labels: ForeignAlert["labels"], actor: TokenActor): NetworkName {
  const open = openNetworks(actor);
  const named = foreignNetwork(labels);
  if (named !== null) {
    if (open.includes(named)) return named;
    throw invalid(`This token does not write alerts of ${named}.`);
  }
  const [only] = open;
  if (open.length === 1 && only !== undefined) return only;
  throw invalid(
    `${labels.alertname ?? "An alert"} has no label ddc_network, and the token is bound to no network. Set one of them.`,
  );
}

function openNetworks(actor: TokenActor): NetworkName[] {
  return networkNames.filter((network) =>
    mayUseScope(actor, "alertmanager:write", { network, environment: null }),
  );
}

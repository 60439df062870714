import { receiveWebhook, type WebhookParts } from "../features/alertmanager/receive-webhook.ts";
import type { TokenGate } from "../features/tokens/token-gate.ts";
import { invalid } from "../kernel/errors.ts";
import type { Route } from "./exchange.ts";
import { machineRoute } from "./machine-route.ts";

const maxBodyBytes = 8 * 1024 * 1024;

/** POST /api/v1/alertmanager: a receiver of kind `webhook_configs` in Alertmanager. */
export function alertmanagerRoute(gate: TokenGate, parts: WebhookParts): Route {
  return machineRoute(gate, {
    path: "/api/v1/alertmanager",
    method: "POST",
    scope: "alertmanager:write",
    maxBodyBytes,
    handle: async ({ actor, body, contentType }) => {
      if (contentType !== "application/json")
        throw invalid(`The content type ${contentType || "(none)"} is not read here. Send application/json.`);
      return { status: 200, body: await receiveWebhook(parts, { body: body.toString(), actor }) };
    },
  });
}

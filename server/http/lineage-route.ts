import { receiveEvent } from "../features/lineage/receive-event.ts";
import type { TokenGate } from "../features/tokens/token-gate.ts";
import type { Clock } from "../kernel/clock.ts";
import { invalid } from "../kernel/errors.ts";
import type { Database } from "../ports/database.ts";
import type { Route } from "./exchange.ts";
import { machineRoute } from "./machine-route.ts";

const maxBodyBytes = 1024 * 1024;

/** POST /api/v1/lineage: the path and form of OpenLineage's HTTP transport, one event a request. */
export function lineageRoute(gate: TokenGate, parts: { db: Database; clock: Clock }): Route {
  return machineRoute(gate, {
    path: "/api/v1/lineage",
    method: "POST",
    scope: "lineage:write",
    maxBodyBytes,
    handle: async ({ actor, body, contentType }) => {
      if (contentType !== "application/json")
        throw invalid(`The content type ${contentType || "(none)"} is not read here. Send application/json.`);
      const stored = await receiveEvent(parts, { body: body.toString(), grants: actor.grants });
      return { status: stored ? 201 : 200 };
    },
  });
}

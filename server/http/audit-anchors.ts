import { listAnchors } from "../features/audit/anchor-chain.ts";
import type { Database } from "../ports/database.ts";
import type { Route } from "./exchange.ts";
import { sendProblem } from "./problem.ts";

/**
 * GET /api/audit/anchors: heads of the audit chain of the last month, newest first. Open to everybody: an anchor proves
 * something only where the console's operators cannot reach it, and tells no more than a count and a hash.
 */
export function auditAnchorsRoute(around: { db: Database }): Route {
  return {
    path: "/api/audit/anchors",
    maxBodyBytes: 0,
    handle: async ({ request, response }) => {
      if (request.method !== "GET") return sendProblem(response, 405, "Anchors are read with GET.");
      const anchors = await listAnchors(around);
      response.setHeader("content-type", "application/json; charset=utf-8");
      response.setHeader("cache-control", "public, max-age=60");
      response.end(JSON.stringify({ anchors }));
    },
  };
}

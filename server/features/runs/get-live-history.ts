import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { environments } from "../deployments/schema.ts";
import { isCut, nameSpans, readSpans } from "./live-spans.ts";
import { spanOf } from "./run-conditions.ts";
import type { LiveAt, LiveHistory } from "./schema.ts";

type LiveCtx = Pick<Ctx, "db" | "clock">;
type Range = {
  agentId: string;
  from?: string | undefined;
  to?: string | undefined;
  asOf?: string | undefined;
};

/** Prod first: that is where people look. */
const places = environments.toReversed();

/** Which SET was in force when, in each environment. */
export async function getLiveHistory({ db, clock }: LiveCtx, input: Range): Promise<LiveHistory> {
  const range = spanOf(input, clock.now());
  const [rows] = await Promise.all([readSpans(db, input.agentId, range), requireAgent(db, input.agentId)]);
  const named = await nameSpans(db, input.agentId, { rows, at: null });
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    places: places.map((environment) => {
      const spans = named.filter((of) => of.environment === environment).map(({ span }) => span);
      return {
        environment,
        spans: isCut(spans.length) ? spans.slice(0, -1) : spans,
        isCut: isCut(spans.length),
      };
    }),
  };
}

/** What was live at one instant: version, share and SET in each environment. */
export async function getLiveAt(
  { db, clock }: LiveCtx,
  { agentId, at: asOf }: { agentId: string; at: string },
): Promise<LiveAt> {
  const { to: at } = spanOf({ asOf }, clock.now());
  const [rows, revisions] = await Promise.all([
    readSpans(db, agentId, { from: at, to: at }),
    readRevisions(db, agentId, at),
    requireAgent(db, agentId),
  ]);
  const named = await nameSpans(db, agentId, { rows, at });
  return {
    at: at.toISOString(),
    places: places.map((environment) => ({
      environment,
      span: named.find((of) => of.environment === environment)?.span ?? null,
      configRevision: revisions.find((of) => of.environment === environment)?.revision ?? null,
    })),
  };
}

function readRevisions(db: LiveCtx["db"], agentId: string, at: Date) {
  return db.sql<{ environment: string; revision: number }>(
    `SELECT environment, max(revision) AS revision FROM agent_config_revision
     WHERE agent_id = $1 AND applied_at <= $2 GROUP BY 1`,
    [agentId, at],
  );
}

async function requireAgent(db: LiveCtx["db"], agentId: string): Promise<void> {
  const rows = await db.sql("SELECT 1 FROM agent WHERE id = $1", [agentId]);
  if (rows.length === 0) throw notFound("agent", agentId);
}

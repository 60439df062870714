import type { NetworkName } from "../../kernel/networks.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { viewConditions } from "./list-alerts.ts";
import { deadReason, forgottenAfterMs } from "./rules.ts";
import type { AlertCounts, AlertView } from "./schema.ts";
import { toInstant } from "./store.ts";

type CountRow = Omit<AlertCounts, "bySeverity" | "forgotten" | "evaluatedAt" | "dead"> &
  AlertCounts["bySeverity"];

/** What is open, exactly, and whether anybody watches. */
export async function countAlerts(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network }: { network: NetworkName },
): Promise<AlertCounts> {
  const at = clock.now();
  const id = networkByName(network).id;
  const [counts, rounds, forgotten] = await Promise.all([
    db.sql<CountRow>(
      `SELECT ${countOf("queue")} AS queue, ${countOf("acknowledged")} AS acknowledged, ${countOf("quiet")} AS quiet,
              ${countOf("pending")} AS pending, ${countOf("queue", 1)} AS critical, ${countOf("queue", 2)} AS warning,
              ${countOf("queue", 3)} AS info
       FROM alert WHERE network = $1 AND resolved_at IS NULL AND $2::timestamptz IS NOT NULL`,
      [id, at],
    ),
    db.sql<{ at: Date }>("SELECT at FROM alert_round WHERE network = $1", [id]),
    db.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM alert_silence s
       WHERE network = $1 AND ended_at IS NULL AND ends_at > $2 AND starts_at <= $3
         AND NOT EXISTS (SELECT FROM alert a WHERE a.network = s.network AND a.silence = s.id AND a.resolved_at IS NULL)`,
      [id, at, new Date(at.getTime() - forgottenAfterMs)],
    ),
  ]);
  const { critical, warning, info, ...views } = counts[0] ?? nothing;
  const evaluatedAt = rounds[0]?.at ?? null;
  return {
    ...views,
    bySeverity: { critical, warning, info },
    forgotten: forgotten[0]?.count ?? 0,
    evaluatedAt: toInstant(evaluatedAt),
    dead: deadReason(evaluatedAt, at),
  };
}

const nothing: CountRow = {
  queue: 0,
  acknowledged: 0,
  quiet: 0,
  pending: 0,
  critical: 0,
  warning: 0,
  info: 0,
};

function countOf(view: AlertView, rank?: number): string {
  const conditions = viewConditions(view, () => "$2");
  if (rank !== undefined) conditions.push(`severity = ${rank}`);
  return `(count(*) FILTER (WHERE ${conditions.join(" AND ")}))::int`;
}

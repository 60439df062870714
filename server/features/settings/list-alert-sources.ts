import { type NetworkName, networks } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { judgeAlertSource, type SourceFacts } from "../alertmanager/source-rules.ts";
import { isAllowed } from "../identity/rules.ts";
import type { AlertSources } from "./schema.ts";

type Row = SourceFacts & { network: NetworkName; host: string | null };

/** Every Alertmanager of the networks that the person may see: whether it is read, and when the sign of life came. */
export async function listAlertSources(ctx: Pick<Ctx, "actor" | "db" | "clock">): Promise<AlertSources> {
  const at = ctx.clock.now();
  const seen = networks.filter(({ name }) =>
    isAllowed(ctx.actor, "viewer", { network: name, environment: null }),
  );
  const rows = await ctx.db.sql<Row>(
    `SELECT n.name AS network, s.host, s.asked_at AS "askedAt", s.at AS "readAt", s.fault, h.at AS "heartbeatAt"
     FROM unnest($1::smallint[], $2::text[]) AS n(id, name)
     LEFT JOIN alertmanager_sync AS s ON s.network = n.id AND s.asked_at > $3::timestamptz - interval '1 day'
     LEFT JOIN alertmanager_heartbeat AS h ON h.network = n.id AND h.at > $3::timestamptz - interval '7 days'
     WHERE s.host IS NOT NULL OR h.at IS NOT NULL
     ORDER BY n.id, s.host`,
    [seen.map(({ id }) => id), seen.map(({ name }) => name), at],
  );
  return {
    at: at.toISOString(),
    alertmanagers: rows.map((row) => ({
      network: row.network,
      host: row.host,
      readAt: row.readAt?.toISOString() ?? null,
      heartbeatAt: row.heartbeatAt?.toISOString() ?? null,
      ...judgeAlertSource(row, at),
    })),
  };
}

import { notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Maintenance } from "./schema.ts";
import { withState } from "./with-state.ts";

export type MaintenanceRow = {
  id: string;
  title: string;
  rule: string | null;
  names: string | null;
  time: unknown;
  revision: number;
  madeAt: Date;
  madeBy: string;
  changedAt: Date;
  changedBy: string;
  closesAt: Date;
  endedBy: string | null;
  holds: number;
};

export const maintenanceColumns = `w.id::text AS id, w.title, w.rule, w.names, w.time, w.revision, w.made_at AS "madeAt",
  w.made_by AS "madeBy", w.changed_at AS "changedAt", w.changed_by AS "changedBy", w.closes_at AS "closesAt",
  w.ended_by AS "endedBy", (SELECT count(*) FROM alert a WHERE a.network = w.network AND a.maintenance = w.id
    AND a.resolved_at IS NULL)::int AS holds`;

export function toMaintenance(row: MaintenanceRow, at: Date): Maintenance {
  return withState(row, at);
}

export async function findMaintenance(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network, id }: { network: NetworkName; id: string },
): Promise<Maintenance> {
  const rows = await db.sql<MaintenanceRow>(
    `SELECT ${maintenanceColumns} FROM maintenance_window w WHERE w.network = $1 AND w.id = $2`,
    [networkByName(network).id, id],
  );
  if (!rows[0]) throw notFound("maintenance window", id);
  return toMaintenance(rows[0], clock.now());
}

/** "fsn1-*" → what LIKE understands. */
export function likePattern(names: string): string {
  return names.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll("*", "%");
}

import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Maintenance } from "./schema.ts";
import { type MaintenanceRow, maintenanceColumns, toMaintenance } from "./store.ts";

const mostShown = 50;
const mostOpen = 1_000;

/** What is worked on now, that which ends first before the others. */
export async function listRunning(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network }: { network: NetworkName },
): Promise<Maintenance[]> {
  const at = clock.now();
  const rows = await db.sql<MaintenanceRow>(
    `SELECT ${maintenanceColumns} FROM maintenance_window w WHERE w.network = $1 AND w.closes_at > $2
     ORDER BY w.closes_at, w.id LIMIT ${mostOpen}`,
    [networkByName(network).id, at],
  );
  return rows
    .map((row) => toMaintenance(row, at))
    .filter(({ state }) => state === "running")
    .sort((one, other) => (one.current?.endsAt ?? "").localeCompare(other.current?.endsAt ?? ""))
    .slice(0, mostShown);
}

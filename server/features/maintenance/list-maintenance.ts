import { networkByName } from "../../kernel/networks.ts";
import type { Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { closingPage } from "./closing-page.ts";
import type { ListMaintenanceInput, Maintenance } from "./schema.ts";
import { type MaintenanceRow, maintenanceColumns, toMaintenance } from "./store.ts";

/** Those that close last come first, so that what is to come and what runs stand before what is over. */
export function listMaintenance(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network, cursor, limit }: ListMaintenanceInput,
): Promise<Page<Maintenance>> {
  return closingPage(
    { cursor, limit },
    {
      read: ({ after, values, most }) =>
        db.sql<MaintenanceRow>(
          `SELECT ${maintenanceColumns} FROM maintenance_window w WHERE w.network = $1 ${after}
         ORDER BY w.closes_at DESC, w.id DESC LIMIT ${most}`,
          [networkByName(network).id, ...values],
        ),
      toRow: (row) => toMaintenance(row, clock.now()),
    },
  );
}

import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Assignee } from "./schema.ts";

const mostOwners = 100;

/** Who has open alerts of a network, those with the most first. */
export function listOwners(
  { db }: Pick<Ctx, "db">,
  { network }: { network: NetworkName },
): Promise<Assignee[]> {
  return db.sql<Assignee>(
    `SELECT owner_id AS id, max(owner_name) AS name, count(*)::int AS open FROM alert
     WHERE network = $1 AND resolved_at IS NULL AND owner_id IS NOT NULL
     GROUP BY owner_id ORDER BY open DESC, name, id LIMIT ${mostOwners}`,
    [networkByName(network).id],
  );
}

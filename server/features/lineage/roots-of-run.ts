import type { Database } from "../../ports/database.ts";
import { nodeKindCode } from "./graph-rules.ts";

/** Where a run with this id stands in the graphs; empty when no event named it. */
export function lineageRootsOf(
  db: Pick<Database, "sql">,
  runId: string,
): Promise<{ network: number; root: string }[]> {
  return db.sql<{ network: number; root: string }>(
    `SELECT network, 'run:' || key AS root FROM lineage_node
     WHERE network = ANY ('{1,2,3}'::smallint[]) AND kind = $1 AND key = $2`,
    [nodeKindCode("run"), runId],
  );
}

import { networkByName } from "../../kernel/networks.ts";
import { nodeKindCode } from "./graph-rules.ts";
import { type GraphCtx, type RawNode, toNode } from "./graph-store.ts";
import type { FindInput, Found } from "./schema.ts";

type Row = RawNode & { first_at: Date };

const mostFound = 30;
const shown = `SELECT node.id, node.kind, node.key, node.first_at, run.state, job.key AS job, run.started_at, run.ended_at
  FROM node LEFT JOIN lineage_run AS run ON run.node = node.id LEFT JOIN lineage_node AS job ON job.id = run.job`;

/** Things whose name, without its namespace, begins with the text; without a text, the newest runs. */
export async function findNodes({ db }: GraphCtx, { network, text }: FindInput): Promise<Found> {
  const { id } = networkByName(network);
  const [rows, [stored]] = await Promise.all([
    text === ""
      ? db.sql<Row>(
          `WITH node AS (SELECT * FROM lineage_node WHERE network = $1 AND kind = $2 ORDER BY id DESC LIMIT $3)
           ${shown} ORDER BY node.first_at DESC, node.id`,
          [id, nodeKindCode("run"), mostFound],
        )
      : db.sql<Row>(
          `WITH node AS (SELECT * FROM lineage_node WHERE network = $1 AND name LIKE $2 ORDER BY name LIMIT $3)
           ${shown} ORDER BY node.name`,
          [id, `${escapeLike(text.toLowerCase())}%`, mostFound],
        ),
    db.sql<{ any: boolean }>("SELECT EXISTS (SELECT FROM lineage_node WHERE network = $1) AS any", [id]),
  ]);
  return {
    rows: rows.flatMap((row) =>
      toNode(row).map((node) => ({ ...node, firstAt: row.first_at.toISOString() })),
    ),
    isEmpty: stored?.any !== true,
  };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

import type { Notice } from "../../kernel/notice.ts";
import { int4Array, timestampArray } from "../../kernel/pg-binary.ts";
import type { RetentionAt } from "../../kernel/retention.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { ActivityCounter, StoredActivity } from "./activity-counter.ts";

type Seen = { node: number; network: number; newestAt: number };

/** When each node was last active; tells who is looking at them. */
export class NodesSeen implements ActivityCounter {
  readonly bytes = 0;
  private nodes = new Map<number, Seen>();

  add({ node, network, facts: { at } }: StoredActivity): void {
    const seen = this.nodes.get(node.id);
    if (!seen) this.nodes.set(node.id, { node: node.id, network, newestAt: at });
    else if (at > seen.newestAt) seen.newestAt = at;
  }

  times() {
    return [];
  }

  async write(tx: BulkTransaction, { at }: RetentionAt): Promise<Notice[]> {
    const seen = [...this.nodes.values()].sort((a, b) => a.node - b.node);
    await tx.sql(
      `UPDATE ddc_node SET active_at = new.at
       FROM (SELECT id FROM ddc_node WHERE id = ANY ($1::integer[]) ORDER BY id FOR NO KEY UPDATE) AS locked,
         unnest($1::integer[], $2::timestamptz[]) AS new (id, at)
       WHERE ddc_node.id = new.id AND locked.id = new.id AND (active_at IS NULL OR active_at < new.at)`,
      [int4Array(seen.map(({ node }) => node)), timestampArray(seen.map(({ newestAt }) => newestAt))],
    );
    const byNetwork = Map.groupBy(seen, ({ network }) => network);
    return [...byNetwork].map(([network, ofNetwork]) => ({
      topic: "nodes.activity",
      network,
      ids: ofNetwork.map(({ node }) => String(node)),
      at: at.getTime(),
    }));
  }

  clear(): void {
    this.nodes = new Map();
  }
}

import { type Grain, grains, windowStart } from "../../kernel/grains.ts";
import { latencyBin } from "../../kernel/latency.ts";
import type { Notice } from "../../kernel/notice.ts";
import { CopyRows, int4Array, timestampArray } from "../../kernel/pg-binary.ts";
import { isWindowKept, type RetentionAt } from "../../kernel/retention.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { KnownNode } from "../../ports/directory.ts";
import { RollupSet, scope } from "./rollup-set.ts";
import type { ActivityFacts } from "./rules.ts";
import { writeRollups } from "./write-rollups.ts";

export type PlacedActivity = {
  facts: ActivityFacts;
  network: number;
  node: KnownNode;
  client: number | null;
  source: number;
  offset: number;
};

const columns =
  "at, bucket, bytes, size, byte_offset, cid_prefix, kafka_offset, node, client, latency_us, source, network, operation, status, content_type, cid";
const columnCount = 16;
/** Enough for the longest row: 7 × 12 + 4 × 8 + 4 × 6 + 40. */
const rowBytes = 192;
const initialBytes = 4 * 1024 * 1024;
const digestAt = 4;

const secondMs = grains[0].ms;
const dayMs = 86_400_000;

type NodeSeen = { node: KnownNode; network: number; newestAt: number };

/** Records that wait for the next flush: the rows as COPY wants them, and what they add to the rollups. */
export class PendingActivity {
  private readonly rows = new CopyRows(initialBytes);
  private seconds = new RollupSet();
  private days = new Set<number>();
  private nodes = new Map<number, NodeSeen>();

  get bytes(): number {
    return this.rows.count === 0 ? 0 : this.rows.bytes;
  }

  clear(): void {
    this.rows.clear();
    this.seconds = new RollupSet();
    this.days = new Set();
    this.nodes = new Map();
  }

  add(record: PlacedActivity): void {
    const { facts, network, node } = record;
    this.addRow(record);
    const at = facts.at - (facts.at % secondMs);
    const bin = facts.latencyUs === null ? 0 : latencyBin(facts.latencyUs);
    const request = { operation: facts.operation, status: facts.status, bin, bytes: facts.bytes };
    this.seconds.row({ scope: scope.node, network, subject: node.id }, at).add(request);
    this.seconds.row({ scope: scope.bucket, network, subject: facts.bucket }, at).add(request);
    this.days.add(facts.at - (facts.at % dayMs));
    this.see(node, network, facts.at);
  }

  /** Times that rows will have, by table. */
  times(settings: RetentionAt): Map<string, ReadonlySet<number>> {
    const seconds = this.seconds.times();
    const times = new Map<string, ReadonlySet<number>>([["activity", this.days]]);
    for (const grain of grains) {
      const windows = seconds
        .map((at) => windowStart(at, grain))
        .filter((at) => isWindowKept(at, grain, settings));
      times.set(`rollup_${grain.name}`, new Set(windows));
    }
    return times;
  }

  async write(tx: BulkTransaction, settings: RetentionAt): Promise<Notice[]> {
    if (this.rows.count === 0) return [];
    await tx.copy(`activity (${columns})`, [this.rows.finish()]);
    for (const { grain, rows } of this.rollups()) {
      const kept = rows.filter((row) => isWindowKept(row.at, grain, settings));
      await writeRollups(tx, grain.name, kept);
    }
    await this.stampNodes(tx);
    return this.notices(settings.at);
  }

  private addRow({ facts, network, node, client, source, offset }: PlacedActivity): void {
    const { rows } = this;
    rows.row(columnCount, rowBytes);
    rows.timestamp(facts.at);
    rows.int8(facts.bucket);
    rows.int8(facts.bytes);
    rows.int8(facts.size);
    rows.int8(facts.offset);
    if (facts.cid === null) rows.null();
    else rows.int8Halves(wordAt(facts.cid, digestAt), wordAt(facts.cid, digestAt + 4));
    rows.int8(offset);
    rows.int4(node.id);
    rows.int4(client);
    rows.int4(facts.latencyUs);
    rows.int4(source);
    rows.int2(network);
    rows.int2(facts.operation);
    rows.int2(facts.status);
    rows.int2(facts.contentType);
    rows.bytea(facts.cid);
  }

  private see(node: KnownNode, network: number, at: number): void {
    const seen = this.nodes.get(node.id);
    if (!seen) this.nodes.set(node.id, { node, network, newestAt: at });
    else if (at > seen.newestAt) seen.newestAt = at;
  }

  /** Clusters and networks are sums of nodes, and wide windows sums of narrow ones. */
  private rollups(): { grain: Grain; rows: readonly ReturnType<RollupSet["row"]>[] }[] {
    for (const row of [...this.seconds]) {
      if (row.scope !== scope.node) continue;
      const { network, at } = row;
      this.seconds.row({ scope: scope.network, network, subject: 0 }, at).merge(row);
      const cluster = this.nodes.get(Number(row.subject))?.node.cluster ?? null;
      if (cluster !== null)
        this.seconds.row({ scope: scope.cluster, network, subject: cluster }, at).merge(row);
    }
    let set = this.seconds;
    return grains.map((grain) => {
      set = grain.ms === secondMs ? set : set.foldTo(grain);
      return { grain, rows: [...set] };
    });
  }

  private async stampNodes(tx: BulkTransaction): Promise<void> {
    const seen = [...this.nodes.values()].sort((a, b) => a.node.id - b.node.id);
    await tx.sql(
      `UPDATE ddc_node SET active_at = new.at
       FROM (SELECT id FROM ddc_node WHERE id = ANY ($1::integer[]) ORDER BY id FOR NO KEY UPDATE) AS locked,
         unnest($1::integer[], $2::timestamptz[]) AS new (id, at)
       WHERE ddc_node.id = new.id AND locked.id = new.id AND (active_at IS NULL OR active_at < new.at)`,
      [int4Array(seen.map(({ node }) => node.id)), timestampArray(seen.map(({ newestAt }) => newestAt))],
    );
  }

  private notices(at: Date): Notice[] {
    const byNetwork = Map.groupBy(this.nodes.values(), (seen) => seen.network);
    return [...byNetwork].map(([network, seen]) => ({
      topic: "nodes.activity",
      network,
      ids: seen.map(({ node }) => String(node.id)),
      at: at.getTime(),
    }));
  }
}

/** Four bytes, kept one a character, as a signed 32-bit integer. */
function wordAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) << 24) |
    (text.charCodeAt(at + 1) << 16) |
    (text.charCodeAt(at + 2) << 8) |
    text.charCodeAt(at + 3)
  );
}

import { type Grain, grains, windowStart } from "../../kernel/grains.ts";
import { latencyBin } from "../../kernel/latency.ts";
import { isWindowKept, type RetentionAt } from "../../kernel/retention.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { ActivityCounter, StoredActivity } from "./activity-counter.ts";
import { type RollupRow, RollupSet, scope } from "./rollup-set.ts";
import { writeRollups } from "./write-rollups.ts";

const [{ ms: secondMs }] = grains;
/** Of a row with a few cells, with its share of the clusters, networks and wider windows that are summed up when it is cut. */
const rowBytes = 1_000;

/** Requests, bytes and latencies by network, cluster, node and bucket in windows of every grain. */
export class RollupCounter implements ActivityCounter {
  private seconds = new RollupSet();
  private clusterOf = new Map<number, number | null>();

  /** Records of a busy second share a few rows; those of a quiet history have two each. */
  get bytes(): number {
    return this.seconds.size * rowBytes;
  }

  add({ facts, network, node }: StoredActivity): void {
    const at = facts.at - (facts.at % secondMs);
    const bin = facts.latencyUs === null ? 0 : latencyBin(facts.latencyUs);
    const request = { operation: facts.operation, status: facts.status, bin, bytes: facts.bytes };
    this.seconds.row({ scope: scope.node, network, subject: node.id }, at).add(request);
    this.seconds.row({ scope: scope.bucket, network, subject: facts.bucket }, at).add(request);
    this.clusterOf.set(node.id, node.cluster);
  }

  times(settings: RetentionAt) {
    const seconds = this.seconds.times();
    return grains.map((grain) => {
      const windows = seconds.map((at) => windowStart(at, grain));
      const kept = windows.filter((at) => isWindowKept(at, grain, settings));
      return [`rollup_${grain.name}`, new Set(kept)] as const;
    });
  }

  async write(tx: BulkTransaction, settings: RetentionAt): Promise<readonly never[]> {
    for (const { grain, rows } of this.rollups()) {
      const kept = rows.filter((row) => isWindowKept(row.at, grain, settings));
      await writeRollups(tx, grain.name, kept);
    }
    return [];
  }

  clear(): void {
    this.seconds = new RollupSet();
    this.clusterOf = new Map();
  }

  /** Clusters and networks are sums of nodes, and wide windows sums of narrow ones. */
  private rollups(): { grain: Grain; rows: readonly RollupRow[] }[] {
    for (const row of [...this.seconds]) {
      if (row.scope !== scope.node) continue;
      const { network, at } = row;
      this.seconds.row({ scope: scope.network, network, subject: 0 }, at).merge(row);
      const cluster = this.clusterOf.get(Number(row.subject)) ?? null;
      if (cluster !== null)
        this.seconds.row({ scope: scope.cluster, network, subject: cluster }, at).merge(row);
    }
    let set = this.seconds;
    return grains.map((grain) => {
      set = grain.ms === secondMs ? set : set.foldTo(grain);
      return { grain, rows: [...set] };
    });
  }
}

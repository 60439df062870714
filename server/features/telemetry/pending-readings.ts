import { grains, windowStart } from "../../kernel/grains.ts";
import type { Notice } from "../../kernel/notice.ts";
import { int4Array } from "../../kernel/pg-binary.ts";
import { isWindowKept, type RetentionAt } from "../../kernel/retention.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import { applyCounters, type CounterState } from "./counter-rules.ts";
import type { OtlpAttributes } from "./otlp-metrics.ts";
import type { CounterPoint, Reading } from "./rules.ts";
import type { MetricMap } from "./schema.ts";
import { toJsonRow, upsertReadings, WindowSet } from "./window-set.ts";

/** What one message says of one node. `reported`: its resource attributes. Times in ms. */
export type NodeReport = {
  node: number;
  network: number;
  atMs: number;
  reported: OtlpAttributes;
  readings: readonly Reading[];
  counters: readonly CounterPoint[];
};

type Settings = RetentionAt & { map: MetricMap };

const bytesPerReading = 64;

/** Reports that wait for the next flush. */
export class PendingReadings {
  private reports: NodeReport[] = [];
  private readings = 0;

  get bytes(): number {
    return this.readings * bytesPerReading;
  }

  add(report: NodeReport): void {
    this.reports.push(report);
    this.readings += report.readings.length + report.counters.length;
  }

  /** Times that rows may have, by table. */
  times(settings: RetentionAt): Map<string, ReadonlySet<number>> {
    const seconds = new Set<number>();
    for (const { readings, counters } of this.reports)
      for (const { atMs } of [...readings, ...counters])
        seconds.add(windowStart(Math.floor(atMs), grains[0]));
    return new Map(
      grains.map((grain) => [
        `reading_${grain.name}`,
        new Set(
          [...seconds].map((at) => windowStart(at, grain)).filter((at) => isWindowKept(at, grain, settings)),
        ),
      ]),
    );
  }

  nodes(): number[] {
    return [...new Set(this.reports.map(({ node }) => node))];
  }

  async write(tx: BulkTransaction, settings: Settings): Promise<Notice[]> {
    if (this.reports.length === 0) return [];
    const rates = await this.applyCounters(tx, settings.map);
    const levels = this.reports.flatMap(({ node, readings }) =>
      readings.map((reading) => ({ node, reading })),
    );
    for (const grain of grains) {
      const windows = new WindowSet(grain);
      for (const { node, reading } of [...levels, ...rates]) windows.add(node, reading);
      const kept = windows.sorted().filter(({ at }) => isWindowKept(at, grain, settings));
      if (kept.length > 0) await tx.sql(upsertReadings(grain), [JSON.stringify(kept.map(toJsonRow))]);
    }
    await this.stampNodes(tx);
    return this.notices(settings.at);
  }

  /**
   * A node's messages come through any partition, so its counters are read and written here, under their lock: whoever
   * reads which partition, and after any restart, each growth is counted once.
   */
  private async applyCounters(
    tx: BulkTransaction,
    map: MetricMap,
  ): Promise<{ node: number; reading: Reading }[]> {
    const byNode = Map.groupBy(this.reports, ({ node }) => node);
    const counting = [...byNode].filter(([, reports]) => reports.some(({ counters }) => counters.length > 0));
    if (counting.length === 0) return [];
    const before = await lockCounters(
      tx,
      counting.map(([node]) => node),
    );
    const applied = counting.map(([node, reports]) => {
      const points = reports.flatMap(({ counters }) => counters);
      return { node, ...applyCounters(before.get(node) ?? {}, points, map) };
    });
    await tx.sql(
      `UPDATE telemetry_counter SET series = new.series
       FROM jsonb_to_recordset($1::jsonb) AS new (node integer, series jsonb)
       WHERE telemetry_counter.node = new.node`,
      [JSON.stringify(applied.map(({ node, after }) => ({ node, series: after })))],
    );
    return applied.flatMap(({ node, readings }) => readings.map((reading) => ({ node, reading })));
  }

  private async stampNodes(tx: BulkTransaction): Promise<void> {
    const newest = new Map<number, NodeReport>();
    for (const report of this.reports) {
      const known = newest.get(report.node);
      if (!known || report.atMs >= known.atMs) newest.set(report.node, report);
    }
    const rows = [...newest.values()].sort((a, b) => a.node - b.node);
    await tx.sql(
      `UPDATE ddc_node SET reported = new.reported, reported_at = to_timestamp(new.at / 1000.0)
       FROM (SELECT id FROM ddc_node WHERE id = ANY ($1::integer[]) ORDER BY id FOR NO KEY UPDATE) AS locked,
         jsonb_to_recordset($2::jsonb) AS new (node integer, reported jsonb, at double precision)
       WHERE locked.id = new.node AND ddc_node.id = new.node
         AND (reported_at IS NULL OR reported_at <= to_timestamp(new.at / 1000.0))`,
      [
        int4Array(rows.map(({ node }) => node)),
        JSON.stringify(rows.map(({ node, reported, atMs }) => ({ node, reported, at: atMs }))),
      ],
    );
  }

  private notices(at: Date): Notice[] {
    const byNetwork = Map.groupBy(this.reports, ({ network }) => network);
    return [...byNetwork].map(([network, reports]) => ({
      topic: "nodes.readings",
      network,
      ids: [...new Set(reports.map(({ node }) => String(node)))],
      at: at.getTime(),
    }));
  }
}

async function lockCounters(
  tx: BulkTransaction,
  nodes: readonly number[],
): Promise<Map<number, CounterState>> {
  const sorted = [...nodes].sort((a, b) => a - b);
  await tx.sql(
    `INSERT INTO telemetry_counter (node, series) SELECT new.node, '{}' FROM unnest($1::integer[]) AS new (node)
     ON CONFLICT DO NOTHING`,
    [int4Array(sorted)],
  );
  const rows = await tx.sql<{ node: number; series: CounterState }>(
    "SELECT node, series FROM telemetry_counter WHERE node = ANY ($1::integer[]) ORDER BY node FOR UPDATE",
    [int4Array(sorted)],
  );
  return new Map(rows.map(({ node, series }) => [node, series]));
}

import type { Database } from "../../ports/database.ts";
import type { LatencyMs } from "./dense-histogram.ts";
import { largeNetwork } from "./large-network.ts";
import { listLatencies, listReadings, type NodesAt, type Readings } from "./store.ts";

/** A turn is a second; then every node's sketch and readings are at most this old. */
const turns = 8;
const oldestMs = turns * 1_000;

type Figures = { readAt: number; latency: LatencyMs | undefined; readings: Readings | undefined };
const memories = new WeakMap<Database["sql"], Map<number, Map<number, Figures>>>();

export type MovingFigures = {
  latencies: ReadonlyMap<number, LatencyMs>;
  readings: ReadonlyMap<number, Readings>;
};

/**
 * Percentiles and readings, which cost the most to read. Of a small network all are read; of a large one an eighth at each
 * look, those that have waited longest, and every one that has waited eight seconds.
 */
export async function listMovingFigures(db: Pick<Database, "sql">, wanted: NodesAt): Promise<MovingFigures> {
  const { nodeIds, at } = wanted;
  if (nodeIds.length < largeNetwork) {
    const [latencies, readings] = await Promise.all([listLatencies(db, wanted), listReadings(db, wanted)]);
    return { latencies, readings };
  }
  const kept = remembered(db, wanted);
  const due = whoseTurn(nodeIds, { at, readAt: (node) => kept.get(node)?.readAt });
  const [latencies, readings] = await Promise.all([
    listLatencies(db, { ...wanted, nodeIds: due }),
    listReadings(db, { nodeIds: due, at }),
  ]);
  for (const node of due)
    kept.set(node, { readAt: at.getTime(), latency: latencies.get(node), readings: readings.get(node) });
  return allOf(kept, nodeIds);
}

type Reads = { at: Date; readAt: (node: number) => number | undefined };

/** Who was never read, was read too long ago or later than `at`; and in any case an eighth, the longest waiting first. */
export function whoseTurn(nodeIds: readonly number[], { at, readAt }: Reads): number[] {
  const waits = nodeIds.map((node) => {
    const ms = at.getTime() - (readAt(node) ?? Number.NEGATIVE_INFINITY);
    return { node, ms: ms < 0 ? Number.POSITIVE_INFINITY : ms };
  });
  waits.sort((a, b) => (a.ms === b.ms ? 0 : b.ms - a.ms));
  const share = Math.ceil(nodeIds.length / turns);
  return waits.filter(({ ms }, index) => index < share || ms >= oldestMs).map(({ node }) => node);
}

function remembered(db: Pick<Database, "sql">, { network, nodeIds }: NodesAt): Map<number, Figures> {
  const networks = memories.get(db.sql) ?? new Map<number, Map<number, Figures>>();
  memories.set(db.sql, networks);
  const kept = networks.get(network) ?? new Map<number, Figures>();
  networks.set(network, kept);
  const known = new Set(nodeIds);
  for (const node of kept.keys()) if (!known.has(node)) kept.delete(node);
  return kept;
}

function allOf(kept: ReadonlyMap<number, Figures>, nodeIds: readonly number[]): MovingFigures {
  const latencies = new Map<number, LatencyMs>();
  const readings = new Map<number, Readings>();
  for (const node of nodeIds) {
    const figures = kept.get(node);
    if (figures?.latency) latencies.set(node, figures.latency);
    if (figures?.readings) readings.set(node, figures.readings);
  }
  return { latencies, readings };
}

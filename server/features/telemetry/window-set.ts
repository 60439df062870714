import { type Grain, windowStart } from "../../kernel/grains.ts";
import type { Reading } from "./rules.ts";
import { type Gauge, gauges } from "./schema.ts";

type Sums = { sum: number; n: number; max: number };

/** Readings of one node in one window. */
export type Window = { node: number; at: number; gauges: Map<Gauge, Sums> };

/** Readings by node and window. */
export class WindowSet {
  private readonly windows = new Map<string, Window>();
  private readonly grain: Grain;

  constructor(grain: Grain) {
    this.grain = grain;
  }

  add(node: number, { gauge, atMs, value }: Reading): void {
    const at = windowStart(Math.floor(atMs), this.grain);
    const key = `${node} ${at}`;
    const window = this.windows.get(key) ?? { node, at, gauges: new Map() };
    this.windows.set(key, window);
    const sums = window.gauges.get(gauge) ?? { sum: 0, n: 0, max: value };
    window.gauges.set(gauge, { sum: sums.sum + value, n: sums.n + 1, max: Math.max(sums.max, value) });
  }

  /** In key order, so that writers that meet on the same rows never wait for each other in a circle. */
  sorted(): Window[] {
    return [...this.windows.values()].sort((a, b) => a.node - b.node || a.at - b.at);
  }
}

const columns = gauges.flatMap((gauge) => [`${gauge}_sum`, `${gauge}_n`, `${gauge}_max`]);
const types = gauges.flatMap((gauge) => [
  `${gauge}_sum double precision`,
  `${gauge}_n integer`,
  `${gauge}_max double precision`,
]);

/** Adds windows ($1: a JSON array) to a table of readings. Null stays null until the first reading comes. */
export function upsertReadings(grain: Grain): string {
  const added = columns.map((column) =>
    column.endsWith("_max")
      ? `${column} = greatest(kept.${column}, excluded.${column})`
      : `${column} = coalesce(kept.${column} + excluded.${column}, kept.${column}, excluded.${column})`,
  );
  return `INSERT INTO reading_${grain.name} AS kept (node, at, ${columns.join(", ")})
    SELECT node, to_timestamp(at / 1000.0), ${columns.join(", ")}
    FROM jsonb_to_recordset($1::jsonb) AS new (node integer, at bigint, ${types.join(", ")})
    ORDER BY node, at
    ON CONFLICT (node, at) DO UPDATE SET ${added.join(", ")}`;
}

export function toJsonRow({ node, at, gauges: sums }: Window): Record<string, number> {
  const fields = [...sums].flatMap(([gauge, { sum, n, max }]) => [
    [`${gauge}_sum`, sum] as const,
    [`${gauge}_n`, n] as const,
    [`${gauge}_max`, max] as const,
  ]);
  return { node, at, ...Object.fromEntries(fields) };
}

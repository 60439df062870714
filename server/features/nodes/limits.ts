import type { NetworkName } from "../../kernel/networks.ts";
import type { Database } from "../../ports/database.ts";
import { defaultNodeLimits } from "./rules.ts";
import { type NodeLimits, nodeLimitsSchema } from "./schema.ts";

/** Key in `setting` of what a network changes; the value holds only what differs from the defaults. */
export function limitsKey(network: NetworkName): string {
  return `nodes.limits.${network}`;
}

export async function loadNodeLimits(db: Pick<Database, "sql">, network: NetworkName): Promise<NodeLimits> {
  const rows = await db.sql<{ value: unknown }>("SELECT value FROM setting WHERE key = $1", [
    limitsKey(network),
  ]);
  return { ...defaultNodeLimits, ...readChanges(rows[0]?.value) };
}

/** A value that no longer fits (an older release wrote it) leaves the default in place. */
export function readChanges(value: unknown): Partial<NodeLimits> {
  const stored = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const changes: Partial<NodeLimits> = {};
  for (const name of limitNames) {
    const parsed = nodeLimitsSchema.shape[name].safeParse(stored.get(name));
    if (parsed.success) changes[name] = parsed.data;
  }
  return changes;
}

export const limitNames = nodeLimitsSchema.keyof().options;

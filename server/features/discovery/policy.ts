import type { Database } from "../../ports/database.ts";
import { defaultPolicy } from "./discovery-rules.ts";
import { type DiscoveryPolicy, policySchema } from "./schema.ts";

export const policyKey = "discovery.policy";

const defaults: DiscoveryPolicy = { ...defaultPolicy, names: [...defaultPolicy.names] };

/** A value that no longer fits (an older release wrote it) leaves the defaults in place. */
export function readPolicy(value: unknown): DiscoveryPolicy {
  const parsed = policySchema.safeParse({ ...defaults, ...(typeof value === "object" ? value : {}) });
  return parsed.success ? parsed.data : defaults;
}

export async function loadPolicy(db: Pick<Database, "sql">): Promise<DiscoveryPolicy> {
  const rows = await db.sql<{ value: unknown }>("SELECT value FROM setting WHERE key = $1", [policyKey]);
  return readPolicy(rows[0]?.value);
}

import type { Database } from "../../ports/database.ts";
import { policySchema, type VerificationPolicy } from "./schema.ts";
import { defaultPolicy } from "./verification-rules.ts";

export const policyKey = "verification.policy";

/** A value that no longer fits (an older release wrote it) leaves the defaults in place. */
export function readPolicy(value: unknown): VerificationPolicy {
  const parsed = policySchema.safeParse({ ...defaultPolicy, ...(typeof value === "object" ? value : {}) });
  return parsed.success ? parsed.data : defaultPolicy;
}

export async function loadPolicy(db: Pick<Database, "sql">): Promise<VerificationPolicy> {
  const rows = await db.sql<{ value: unknown }>("SELECT value FROM setting WHERE key = $1", [policyKey]);
  return readPolicy(rows[0]?.value);
}

import { z } from "zod";
import type { Ctx } from "../../ports/ctx.ts";
import { verifyVersion } from "../agents/verify-version.ts";
import { findDeployment } from "./deployment-rows.ts";
import { cidSchema, type Place } from "./schema.ts";

const verifyMs = 60_000;
const namedSchema = z.array(z.looseObject({ version: cidSchema })).max(50);

/**
 * Hashes the bytes of every version that a SET would bring, before it is put in force. What runs already was hashed when
 * it came. Whether the SET holds is judged elsewhere: what cannot be read here, and what the agent does not have, is left.
 */
export async function verifyNamed(
  ctx: Pick<Ctx, "db" | "deps" | "clock">,
  { agentId, environment, records }: Place & { records: unknown },
): Promise<void> {
  const named = namedSchema.safeParse(records);
  if (!named.success) return;
  const current = await findDeployment(ctx.db.sql, { agentId, environment });
  const running = new Set((current?.records ?? []).map(({ version }) => version));
  const coming = [...new Set(named.data.map(({ version }) => version))].filter((cid) => !running.has(cid));
  const known = await ctx.db.sql<{ cid: string }>(
    "SELECT cid FROM agent_version WHERE agent_id = $1 AND cid = ANY ($2::text[])",
    [agentId, coming],
  );
  for (const { cid } of known) await verifyVersion(ctx, { agentId, cid }, AbortSignal.timeout(verifyMs));
}

import { type NetworkName, networkById, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type RegistrySource, type SourceState, sourceFamilies } from "./schema.ts";
import { withStaleness } from "./source-rules.ts";

/** How the indexers of a network are, or of all networks (null): what the status bar and the source settings show. */
export async function listSources(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network }: { network: NetworkName | null },
): Promise<RegistrySource[]> {
  const rows = await db.sql<SourceRow>(
    `SELECT network, family, state, reason, since, checked_at, height, finalized_height, finalized_hash, hot_blocks,
            head_estimate, lag_blocks, lag_ms, identity, identity_reason, projected_height, projected_at
     FROM registry_source WHERE $1::smallint IS NULL OR network = $1
     ORDER BY network, array_position($2::text[], family)`,
    [network === null ? null : networkByName(network).id, sourceFamilies],
  );
  const at = clock.now();
  return rows.map((row) => toSource(row, at));
}

type SourceRow = {
  network: number;
  family: RegistrySource["family"];
  state: SourceState;
  reason: string | null;
  since: Date;
  checked_at: Date;
  height: number | null;
  finalized_height: number | null;
  finalized_hash: string | null;
  hot_blocks: number | null;
  head_estimate: number | null;
  lag_blocks: number | null;
  lag_ms: string | null;
  identity: RegistrySource["identity"];
  identity_reason: string;
  projected_height: number | null;
  projected_at: Date | null;
};

function toSource(row: SourceRow, at: Date): RegistrySource {
  const { state, reason, since } = withStaleness({ ...row, checkedAt: row.checked_at }, at);
  return {
    network: networkById(row.network).name,
    family: row.family,
    state,
    reason,
    since: since.toISOString(),
    checkedAt: row.checked_at.toISOString(),
    height: row.height,
    finalizedHeight: row.finalized_height,
    finalizedHash: row.finalized_hash,
    hotBlocks: row.hot_blocks,
    headEstimate: row.head_estimate,
    lagBlocks: row.lag_blocks,
    lagMs: row.lag_ms === null ? null : Number(row.lag_ms),
    identity: row.identity,
    identityReason: row.identity_reason,
    projectedHeight: row.projected_height,
    projectedAt: row.projected_at?.toISOString() ?? null,
  };
}

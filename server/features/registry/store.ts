import type { Network } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { IndexerFamily, IndexerPosition } from "../../ports/chain-index.ts";
import type { Database } from "../../ports/database.ts";
import type { Identity } from "./schema.ts";
import type { IdentityVerdict, Lag, SourceVerdict } from "./source-rules.ts";

/** What one look at an indexer found out. `position` is null when it gave none; the last known one is then kept. */
export type SourceFinding = {
  verdict: SourceVerdict;
  identity: IdentityVerdict;
  position: IndexerPosition | null;
  advancedAt: Date | null;
  lag: Lag;
  projected: { height: number; unreadable: number } | null;
};

const statement = `
  WITH before AS (
    SELECT state, reason, height, identity FROM registry_source WHERE network = $1 AND family = $2
  ), written AS (
    INSERT INTO registry_source AS s
      (network, family, state, reason, since, checked_at, identity, identity_reason, height, finalized_height,
       finalized_hash, hot_blocks, advanced_at, head_estimate, lag_blocks, lag_ms, projected_height, projected_at, unreadable)
    VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::integer,
            CASE WHEN $16::integer IS NULL THEN NULL ELSE $5::timestamptz END, coalesce($17, 0))
    ON CONFLICT (network, family) DO UPDATE
    SET state = excluded.state, reason = excluded.reason,
        since = CASE WHEN s.state = excluded.state THEN s.since ELSE excluded.since END,
        checked_at = excluded.checked_at, identity = excluded.identity, identity_reason = excluded.identity_reason,
        height = coalesce(excluded.height, s.height),
        finalized_height = coalesce(excluded.finalized_height, s.finalized_height),
        finalized_hash = coalesce(excluded.finalized_hash, s.finalized_hash),
        hot_blocks = coalesce(excluded.hot_blocks, s.hot_blocks),
        advanced_at = coalesce(excluded.advanced_at, s.advanced_at),
        head_estimate = coalesce(excluded.head_estimate, s.head_estimate),
        lag_blocks = coalesce(excluded.lag_blocks, s.lag_blocks),
        lag_ms = coalesce(excluded.lag_ms, s.lag_ms),
        projected_height = coalesce(excluded.projected_height, s.projected_height),
        projected_at = coalesce(excluded.projected_at, s.projected_at),
        unreadable = coalesce($17, s.unreadable)
    RETURNING s.state, s.reason, s.height, s.identity
  )
  SELECT pg_notify('${noticeChannel}', $18) FROM (SELECT * FROM written EXCEPT SELECT * FROM before) AS news`;

/** One row a source, with a notice when a person would see a difference. */
export async function storeFinding(
  db: Database,
  source: { network: Network; family: IndexerFamily; at: Date },
  { verdict, identity, position, advancedAt, lag, projected }: SourceFinding,
): Promise<void> {
  const { network, family, at } = source;
  const notice = encodeNotice({
    topic: "registry",
    network: network.id,
    ids: ["position"],
    at: at.getTime(),
  });
  await db.sql(statement, [
    network.id,
    family,
    verdict.state,
    verdict.reason,
    at,
    identity.identity,
    identity.reason,
    position?.height ?? null,
    position?.finalizedHeight ?? null,
    position?.finalizedHash ?? null,
    position?.hotBlocks ?? null,
    advancedAt,
    lag.headEstimate,
    lag.lagBlocks,
    lag.lagMs === null ? null : Math.round(lag.lagMs),
    projected?.height ?? null,
    projected?.unreadable ?? null,
    notice,
  ]);
}

/** What an earlier worker knew about a source, so that its successor goes on instead of starting over. */
export type SourceMemory = {
  height: number | null;
  advancedAt: Date | null;
  projectedHeight: number | null;
  identity: Identity;
  identityReason: string;
};

export async function findMemory(
  db: Database,
  network: Network,
  family: IndexerFamily,
): Promise<SourceMemory | null> {
  const rows = await db.sql<SourceMemory>(
    `SELECT height, advanced_at AS "advancedAt", projected_height AS "projectedHeight", identity,
            identity_reason AS "identityReason"
     FROM registry_source WHERE network = $1 AND family = $2 AND state <> 'absent'`,
    [network.id, family],
  );
  return rows[0] ?? null;
}

/** A line for every family that is not configured, so that pages can say "not indexed" and name it. */
export async function markAbsent(
  db: Database,
  sources: readonly { network: Network; family: IndexerFamily }[],
  at: Date,
): Promise<void> {
  for (const { network, family } of sources) {
    const variable = `INDEXER_${network.name.toUpperCase()}_${family.toUpperCase()}_URL`;
    const reason = `No ${family} indexer is configured for ${network.name}; ${variable} names it.`;
    await storeFinding(
      db,
      { network, family, at },
      {
        verdict: { state: "absent", reason },
        identity: { identity: "unproven", reason: "There is nothing to prove." },
        position: null,
        advancedAt: null,
        lag: { headEstimate: null, lagBlocks: null, lagMs: null },
        projected: null,
      },
    );
  }
}

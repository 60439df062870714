import type { Ctx } from "../../ports/ctx.ts";
import { listAnchors } from "./anchor-chain.ts";
import { type ChainState, type ChainVerdict, chainVerdictSchema } from "./schema.ts";

/** Where the chain stands: its head, what waits, what the last walk along it found, and the newest anchor. */
export async function getChain(ctx: Pick<Ctx, "db">): Promise<ChainState> {
  const [heads, waiting, checks, anchors] = await Promise.all([
    ctx.db.sql<{ seq: string; hash: string; sealed_at: Date }>(
      "SELECT seq, encode(hash, 'hex') AS hash, sealed_at FROM audit_link ORDER BY audit_link.seq DESC LIMIT 1",
    ),
    // Counted up to a bound: a sealer that stood still for a day must not make this slow.
    ctx.db.sql<{ entries: number; oldest: Date | null }>(
      `SELECT count(*)::int AS entries, min(e.at) AS oldest
       FROM (SELECT entry_id FROM audit_unsealed ORDER BY entry_id LIMIT 10000) u JOIN audit_entry e ON e.id = u.entry_id`,
    ),
    ctx.db.sql<{ started_at: Date | null; ended_at: Date | null; verdict: ChainVerdict | null }>(
      `(SELECT started_at, ended_at, verdict FROM audit_check WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1)
       UNION ALL (SELECT started_at, ended_at, verdict FROM audit_check WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1)`,
    ),
    listAnchors(ctx, 1),
  ]);
  const head = heads[0];
  return {
    head: head ? { seq: head.seq, hash: head.hash, sealedAt: head.sealed_at.toISOString() } : null,
    unsealed: {
      entries: waiting[0]?.entries ?? 0,
      oldestAt: waiting[0]?.oldest?.toISOString() ?? null,
    },
    checked: checks.flatMap(toChecked)[0] ?? null,
    isChecking: checks.some(({ ended_at }) => ended_at === null),
    anchor: anchors[0] ?? null,
  };
}

type CheckRow = { started_at: Date | null; ended_at: Date | null; verdict: ChainVerdict | null };

function toChecked({ started_at, ended_at, verdict }: CheckRow) {
  if (!started_at || !ended_at) return [];
  const parsed = chainVerdictSchema.parse(verdict);
  return [{ at: ended_at.toISOString(), ms: ended_at.getTime() - started_at.getTime(), verdict: parsed }];
}

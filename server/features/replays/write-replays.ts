import type { BulkTransaction } from "../../ports/bulk-store.ts";
import { replayVerdicts, verdictOf } from "./compare-rules.ts";
import type { ReplayTally, ReplayWords } from "./replay-tally.ts";

/**
 * Writes what was said of replays that are open; one that has ended takes nothing more. Gives the agents concerned.
 * Rows are locked in the order of their ids, so that two writers never wait for each other in a circle.
 */
export async function writeReplays(
  tx: BulkTransaction,
  { replays }: ReplayTally,
  at: Date,
): Promise<string[]> {
  if (replays.size === 0) return [];
  const words = [...replays.values()];
  const named = words.map(({ replay, agentId, instance }) => ({ replay, agentId, instance }));
  const open = await tx.sql<{ id: string; agentId: string; instance: string }>(
    `SELECT r.id::text AS id, r.agent_id AS "agentId", r.instance FROM replay r
     JOIN json_to_recordset($1::json) AS new (replay bigint, "agentId" text, instance text)
       ON new.replay = r.id AND new."agentId" = r.agent_id AND new.instance = r.instance
     WHERE r.ended_at IS NULL ORDER BY r.id FOR UPDATE OF r`,
    [JSON.stringify(named)],
  );
  const isOpen = ({ replay, agentId, instance }: ReplayWords) =>
    open.some((row) => row.id === replay && row.agentId === agentId && row.instance === instance);
  const heard = words.filter(isOpen);
  if (heard.length === 0) return [];
  await writeEvents(tx, heard);
  await writeWords(tx, heard, at);
  return [...new Set(heard.map(({ agentId }) => agentId))];
}

/** With the counts of verdicts of those that were not there yet. */
async function writeEvents(tx: BulkTransaction, words: readonly ReplayWords[]): Promise<void> {
  const rows = words.flatMap(({ replay, events }) =>
    events.map((event) => {
      const verdict = verdictOf(event);
      return { ...event, replay, verdict, rank: replayVerdicts.indexOf(verdict) };
    }),
  );
  if (rows.length === 0) return;
  const counted = replayVerdicts.map(
    (verdict) => `count(*) FILTER (WHERE verdict = '${verdict}')::int AS ${verdict}`,
  );
  const added = replayVerdicts.map((verdict) => `${verdict} = r.${verdict} + sums.${verdict}`);
  await tx.sql(
    `WITH kept AS (
       INSERT INTO replay_event (replay, seq, verdict, rank, event_id, event_type, vault_id, vault_scope, at, partition,
         "offset", bytes, stable, candidate, stable_ms, candidate_ms, paths)
       SELECT replay, seq, verdict, rank, "eventId", "eventType", "vaultId", "vaultScope", at, partition, "offset", bytes,
         stable, candidate, (stable ->> 'tookMs')::float8, (candidate ->> 'tookMs')::float8, paths
       FROM json_to_recordset($1::json) AS new (replay bigint, seq integer, verdict text, rank smallint, "eventId" text,
         "eventType" text, "vaultId" text, "vaultScope" text, at timestamptz, partition integer, "offset" text,
         bytes integer, stable jsonb, candidate jsonb, paths jsonb)
       ON CONFLICT (replay, seq) DO NOTHING RETURNING replay, verdict),
     sums AS (SELECT replay, ${counted.join(", ")} FROM kept GROUP BY replay)
     UPDATE replay r SET ${added.join(", ")} FROM sums WHERE r.id = sums.replay`,
    [JSON.stringify(rows)],
  );
}

async function writeWords(tx: BulkTransaction, words: readonly ReplayWords[], at: Date): Promise<void> {
  const rows = words.map(({ replay, scanned, matched, total, end }) => ({
    replay,
    scanned,
    matched,
    total,
    state: end?.outcome ?? "running",
    reason: end?.reason ?? null,
    ended: end ? at.toISOString() : null,
  }));
  await tx.sql(
    `UPDATE replay r SET state = new.state, reason = new.reason, heard_at = $2::timestamptz, ended_at = new.ended,
       started_at = coalesce(r.started_at, $2::timestamptz), scanned = greatest(r.scanned, new.scanned),
       matched = greatest(r.matched, new.matched), total = coalesce(new.total, r.total)
     FROM json_to_recordset($1::json) AS new (replay bigint, scanned integer, matched integer, total integer,
       state text, reason text, ended timestamptz)
     WHERE r.id = new.replay`,
    [JSON.stringify(rows), at],
  );
}

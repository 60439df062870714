import { notFound } from "../../kernel/errors.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Sql, Transaction } from "../../ports/database.ts";
import type { ReplayRequest } from "./replay-contract-schema.ts";
import type { Replay, ReplayRef } from "./schema.ts";

type Dates = "from" | "to" | "askedAt" | "deadline" | "startedAt" | "endedAt";
export type ReplayRow = Omit<Replay, Dates | "stable" | "candidate"> & {
  stable: string;
  stableSemver: string | null;
  candidate: string;
  candidateSemver: string | null;
  from: Date;
  to: Date;
  askedAt: Date;
  acceptBy: Date;
  deadline: Date;
  startedAt: Date | null;
  heardAt: Date | null;
  endedAt: Date | null;
};

export const replaySelect = `
  SELECT r.id::text AS id, r.agent_id AS "agentId", r.environment, r.stable, s.semver AS "stableSemver", r.candidate,
    c.semver AS "candidateSemver", r.window_from AS "from", r.window_to AS "to", r.event_types AS "eventTypes",
    r.max_events AS "maxEvents", r.config_revision AS "configRevision", r.instance, r.state, r.reason,
    r.asked_by_name AS "askedBy", r.asked_at AS "askedAt", r.accept_by AS "acceptBy", r.deadline,
    r.started_at AS "startedAt", r.heard_at AS "heardAt", r.ended_at AS "endedAt", r.scanned, r.matched, r.total,
    json_build_object('new_error', r.new_error, 'different', r.different, 'slower', r.slower,
      'fixed_error', r.fixed_error, 'same', r.same) AS verdicts
  FROM replay r
  LEFT JOIN agent_version s ON s.agent_id = r.agent_id AND s.cid = r.stable
  LEFT JOIN agent_version c ON c.agent_id = r.agent_id AND c.cid = r.candidate`;

export function toReplay(row: ReplayRow): Replay {
  const { stableSemver, candidateSemver, acceptBy: _, heardAt: __, ...rest } = row;
  return {
    ...rest,
    stable: { cid: row.stable, semver: stableSemver },
    candidate: { cid: row.candidate, semver: candidateSemver },
    from: row.from.toISOString(),
    to: row.to.toISOString(),
    askedAt: row.askedAt.toISOString(),
    deadline: row.deadline.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

export async function getReplayRow(sql: Sql, { agentId, id }: ReplayRef): Promise<ReplayRow> {
  const rows = await sql<ReplayRow>(`${replaySelect} WHERE r.id = $1::bigint AND r.agent_id = $2`, [
    id,
    agentId,
  ]);
  if (!rows[0]) throw notFound("replay", id);
  return rows[0];
}

/** Leaves a request in the outbox, in the transaction that it belongs to. */
export async function askRuntime(tx: Transaction, request: ReplayRequest, at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO kafka_outbox (road, key, value, made_at)
    VALUES ('replays', ${request.data.replay}, ${JSON.stringify(request)}, ${at})`;
}

export async function announceReplays(tx: Transaction, agentId: string, at: Date): Promise<void> {
  const notice = encodeNotice({ topic: "replays", network: null, ids: [agentId], at: at.getTime() });
  await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
}

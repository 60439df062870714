import { notFound } from "../../kernel/errors.ts";
import type { Sql, Transaction } from "../../ports/database.ts";
import { planSchema, type Rollout, type RolloutState, stateSchema } from "./schema.ts";

export type RolloutRow = Omit<
  Rollout,
  "plan" | "state" | "stable" | "candidate" | "startedAt" | "endedAt"
> & {
  stable: string | null;
  stableSemver: string | null;
  candidate: string;
  candidateSemver: string;
  plan: unknown;
  state: unknown;
  base: unknown;
  startedAt: Date;
  endedAt: Date | null;
};

export const rolloutSelect = `SELECT r.id::text AS id, r.agent_id AS "agentId", r.environment, r.stable, r.candidate, r.plan, r.state,
    r.base, r.note, r.started_by_name AS "startedBy", r.started_by_id AS "startedById", r.started_at AS "startedAt",
    r.ended_at AS "endedAt", c.semver AS "candidateSemver", s.semver AS "stableSemver"
  FROM rollout r JOIN agent_version c ON c.agent_id = r.agent_id AND c.cid = r.candidate
  LEFT JOIN agent_version s ON s.agent_id = r.agent_id AND s.cid = r.stable`;

export function toRollout({
  base: _,
  stable,
  stableSemver,
  candidate,
  candidateSemver,
  ...row
}: RolloutRow): Rollout {
  return {
    ...row,
    stable: stable === null ? null : { cid: stable, semver: stableSemver ?? "" },
    candidate: { cid: candidate, semver: candidateSemver },
    plan: planSchema.parse(row.plan),
    state: stateSchema.parse(row.state),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** Within a transaction, locked: whoever comes second sees what the first one wrote. */
export async function lockRollout(sql: Sql, id: string): Promise<RolloutRow> {
  const rows = await sql<RolloutRow>(`${rolloutSelect} WHERE r.id = $1::bigint FOR UPDATE OF r`, [id]);
  if (!rows[0]) throw notFound("rollout", id);
  return rows[0];
}

export type EventRecord = {
  rollout: string;
  at: Date;
  kind: string;
  actor: string | null;
  note: string | null;
};

export async function recordRolloutEvent(tx: Transaction, { rollout, at, kind, actor, note }: EventRecord) {
  await tx.$executeRaw`
    INSERT INTO rollout_event (rollout, at, kind, actor_name, note)
    VALUES (${rollout}::bigint, ${at}, ${kind}, ${actor}, ${note})`;
}

export async function saveState(
  tx: Transaction,
  id: string,
  { state, endedAt }: { state: RolloutState; endedAt: Date | null },
) {
  await tx.$executeRaw`
    UPDATE rollout SET state = ${JSON.stringify(state)}::jsonb, phase = ${state.phase}, ended_at = ${endedAt}
    WHERE id = ${id}::bigint`;
}

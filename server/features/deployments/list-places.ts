import { notFound } from "../../kernel/errors.ts";
import { quantileMs } from "../../kernel/latency.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { parseRecords } from "./deployment-rows.ts";
import { forgottenAfterMs, silentAfterMs } from "./instance-rules.ts";
import { type Environment, environments, type PlaceSummary, type SetCause } from "./schema.ts";
import { type Shares, sharesOf } from "./share-rules.ts";
import { slotMs } from "./status-tally.ts";

/** Slots that are counted for "now"; the one that still fills is left out. */
const recentMs = 60_000;

/** What an agent runs in each environment, by whom it was applied, and how it does there now. */
export async function listPlaces(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { agentId }: { agentId: string },
): Promise<PlaceSummary[]> {
  const at = clock.now();
  const until = new Date(at.getTime() - (at.getTime() % slotMs));
  const span = { agentId, from: new Date(until.getTime() - recentMs), until };
  const [agents, places, rollouts, versions, instances, counts, bins] = await Promise.all([
    db.sql("SELECT 1 FROM agent WHERE id = $1", [agentId]),
    readPlaces(db.sql, agentId),
    readOpenRollouts(db.sql, agentId),
    readVersions(db.sql, agentId),
    countInstances(db.sql, { agentId, at }),
    countJobs(db.sql, span),
    readLatency(db.sql, span),
  ]);
  if (agents.length === 0) throw notFound("agent", agentId);
  const names = new Map(versions.map((version) => [version.cid, version]));
  return environments.map((environment) => {
    const isHere = (row: { environment: Environment }) => row.environment === environment;
    const place = places.find(isHere);
    const counted = counts.find(isHere);
    return {
      environment,
      generation: place?.generation ?? 0,
      applied: place
        ? { at: place.appliedAt.toISOString(), by: place.author, cause: place.cause, note: place.note }
        : null,
      ...nameShares(sharesOf(parseRecords(place?.records ?? []), at), names),
      instances: instances.find(isHere) ?? noInstances,
      now: counted ? toPace(counted, bins.filter(isHere)) : null,
      rollout: rollouts.find(isHere) ?? null,
      lock: place?.lockedAt ? { at: place.lockedAt.toISOString(), reason: place.lockedReason ?? "" } : null,
    };
  });
}

const noInstances = { known: 0, ready: 0 };

type BinCount = { environment: Environment; bin: number; count: number };

function toPace({ count, failed }: { count: number; failed: number }, bins: readonly BinCount[]) {
  return {
    perSecond: count / (recentMs / 1_000),
    failedRatio: failed / count,
    p99Ms: quantileMs(new Map(bins.map((of) => [of.bin, of.count])), 0.99),
  };
}

type Sql = Ctx["db"]["sql"];
type PlaceRow = {
  environment: Environment;
  generation: number;
  records: unknown;
  appliedAt: Date;
  author: string;
  cause: SetCause;
  note: string;
  lockedAt: Date | null;
  lockedReason: string | null;
};

function readPlaces(sql: Sql, agentId: string): Promise<PlaceRow[]> {
  return sql<PlaceRow>(
    `SELECT d.environment, d.generation, d.records, d.applied_at AS "appliedAt", s.author_name AS author, s.cause, s.note,
       d.locked_at AS "lockedAt", d.locked_reason AS "lockedReason"
     FROM deployment d JOIN deployment_set s USING (agent_id, environment, generation) WHERE d.agent_id = $1`,
    [agentId],
  );
}

type OpenRollout = NonNullable<PlaceSummary["rollout"]> & { environment: Environment };

function readOpenRollouts(sql: Sql, agentId: string): Promise<OpenRollout[]> {
  return sql<OpenRollout>(
    `SELECT environment, id::text AS id, phase, (state->>'weight')::int AS weight
     FROM rollout WHERE agent_id = $1 AND ended_at IS NULL`,
    [agentId],
  );
}

type NamedVersion = PlaceSummary["targeted"][number];

/** Those that a SET in force names, and not one that once did. */
function readVersions(sql: Sql, agentId: string): Promise<NamedVersion[]> {
  return sql<NamedVersion>(
    `SELECT cid, semver, state FROM agent_version WHERE agent_id = $1 AND cid IN (
       SELECT record->>'version' FROM deployment, jsonb_array_elements(records) AS record WHERE agent_id = $1)`,
    [agentId],
  );
}

function nameShares({ shares, targeted }: Shares, names: ReadonlyMap<string, NamedVersion>) {
  return {
    shares: shares.flatMap((share) => {
      const version = names.get(share.cid);
      return version ? [{ ...share, ...version }] : [];
    }),
    targeted: targeted.flatMap((cid) => names.get(cid) ?? []),
  };
}

/** Ready = heard of lately, with the SET in force and without a fault. */
function countInstances(sql: Sql, { agentId, at }: { agentId: string; at: Date }) {
  return sql<{ environment: Environment; known: number; ready: number }>(
    `SELECT i.environment, count(*)::int AS known,
       count(*) FILTER (WHERE i.heard_at > $3 AND i.generation = d.generation AND i.fault IS NULL)::int AS ready
     FROM agent_instance i JOIN deployment d USING (agent_id, environment)
     WHERE i.agent_id = $1 AND i.heard_at > $2 GROUP BY i.environment`,
    [agentId, new Date(at.getTime() - forgottenAfterMs), new Date(at.getTime() - silentAfterMs)],
  );
}

type Span = { agentId: string; from: Date; until: Date };

function countJobs(sql: Sql, { agentId, from, until }: Span) {
  return sql<{ environment: Environment; count: number; failed: number }>(
    `SELECT environment, sum(finished + failed)::float8 AS count, sum(failed)::float8 AS failed
     FROM agent_slot WHERE agent_id = $1 AND environment = ANY ($2::text[]) AND at >= $3 AND at < $4
     GROUP BY environment HAVING sum(finished + failed) > 0`,
    [agentId, [...environments], from, until],
  );
}

function readLatency(sql: Sql, { agentId, from, until }: Span) {
  return sql<BinCount>(
    `SELECT environment, bin, sum(count)::float8 AS count
     FROM agent_latency WHERE agent_id = $1 AND environment = ANY ($2::text[]) AND at >= $3 AND at < $4
     GROUP BY environment, bin`,
    [agentId, [...environments], from, until],
  );
}

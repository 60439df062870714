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
  ctx: Pick<Ctx, "db" | "clock">,
  { agentId }: { agentId: string },
): Promise<PlaceSummary[]> {
  const [agents, places] = await Promise.all([
    ctx.db.sql("SELECT 1 FROM agent WHERE id = $1", [agentId]),
    placesOf(ctx, [agentId]),
  ]);
  if (agents.length === 0) throw notFound("agent", agentId);
  return places.get(agentId) ?? [];
}

/** The same for many agents: as many questions to the database as for one. */
export async function placesOf(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  agentIds: readonly string[],
): Promise<Map<string, PlaceSummary[]>> {
  const at = clock.now();
  const until = new Date(at.getTime() - (at.getTime() % slotMs));
  const ids = [...agentIds];
  const span = { ids, from: new Date(until.getTime() - recentMs), until };
  const [{ places, versions }, rollouts, instances, counts, bins] = await Promise.all([
    readPlaces(db.sql, ids).then(async (places) => ({
      places,
      versions: await readVersions(db.sql, places),
    })),
    readOpenRollouts(db.sql, ids),
    countInstances(db.sql, { ids, at }),
    countJobs(db.sql, span),
    readLatency(db.sql, span),
  ]);
  const latency = Map.groupBy(bins, keyOf);
  const summarise = (agentId: string, environment: Environment): PlaceSummary => {
    const isHere = (row: PlaceKey) => row.agentId === agentId && row.environment === environment;
    const place = places.find(isHere);
    const counted = counts.find(isHere);
    const names = new Map(
      versions
        .filter((row) => row.agentId === agentId)
        .map(({ agentId: _, ...version }) => [version.cid, version]),
    );
    const instance = instances.find(isHere);
    const rollout = rollouts.find(isHere);
    return {
      environment,
      generation: place?.generation ?? 0,
      applied: place
        ? { at: place.appliedAt.toISOString(), by: place.author, cause: place.cause, note: place.note }
        : null,
      ...nameShares(sharesOf(parseRecords(place?.records ?? []), at), names),
      instances: { known: instance?.known ?? 0, ready: instance?.ready ?? 0 },
      now: counted ? toPace(counted, latency.get(keyOf({ agentId, environment })) ?? []) : null,
      rollout: rollout ? openRolloutOf(rollout) : null,
      lock: place?.lockedAt ? { at: place.lockedAt.toISOString(), reason: place.lockedReason ?? "" } : null,
    };
  };
  return new Map(ids.map((id) => [id, environments.map((environment) => summarise(id, environment))]));
}

type PlaceKey = { agentId: string; environment: Environment };

function keyOf({ agentId, environment }: PlaceKey): string {
  return `${environment}/${agentId}`;
}

type BinCount = PlaceKey & { bin: number; count: number };

function toPace({ count, failed }: { count: number; failed: number }, bins: readonly BinCount[]) {
  return {
    perSecond: count / (recentMs / 1_000),
    failedRatio: failed / count,
    p99Ms: quantileMs(new Map(bins.map((of) => [of.bin, of.count])), 0.99),
  };
}

type Sql = Ctx["db"]["sql"];
type PlaceRow = PlaceKey & {
  generation: number;
  records: unknown;
  appliedAt: Date;
  author: string;
  cause: SetCause;
  note: string;
  lockedAt: Date | null;
  lockedReason: string | null;
};

function readPlaces(sql: Sql, ids: string[]): Promise<PlaceRow[]> {
  return sql<PlaceRow>(
    `SELECT d.agent_id AS "agentId", d.environment, d.generation, d.records, d.applied_at AS "appliedAt", s.author_name AS author, s.cause, s.note,
       d.locked_at AS "lockedAt", d.locked_reason AS "lockedReason"
     FROM deployment d JOIN deployment_set s USING (agent_id, environment, generation)
     WHERE d.agent_id = ANY ($1::text[])`,
    [ids],
  );
}

type OpenRollout = NonNullable<PlaceSummary["rollout"]> & PlaceKey;

function openRolloutOf({ id, phase, isApproved, weight }: OpenRollout): PlaceSummary["rollout"] {
  return { id, phase, isApproved, weight };
}

function readOpenRollouts(sql: Sql, ids: string[]): Promise<OpenRollout[]> {
  return sql<OpenRollout>(
    `SELECT agent_id AS "agentId", environment, id::text AS id, phase, (state->>'weight')::int AS weight,
            state->>'approvedBy' IS NOT NULL AS "isApproved"
     FROM rollout WHERE agent_id = ANY ($1::text[]) AND ended_at IS NULL`,
    [ids],
  );
}

type NamedVersion = PlaceSummary["targeted"][number];

/** Those that a SET in force names, and not one that once did; each by its key, however many there are. */
function readVersions(
  sql: Sql,
  places: readonly PlaceRow[],
): Promise<(NamedVersion & { agentId: string })[]> {
  const named = new Map(
    places.flatMap(({ agentId, records }) =>
      parseRecords(records).map(({ version }) => [`${agentId} ${version}`, { agentId, version }] as const),
    ),
  );
  const pairs = [...named.values()];
  return sql<NamedVersion & { agentId: string }>(
    `SELECT v.agent_id AS "agentId", v.cid, v.semver, v.state
     FROM unnest($1::text[], $2::text[]) AS named (agent_id, cid)
     JOIN agent_version v ON v.agent_id = named.agent_id AND v.cid = named.cid`,
    [pairs.map(({ agentId }) => agentId), pairs.map(({ version }) => version)],
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
function countInstances(sql: Sql, { ids, at }: { ids: string[]; at: Date }) {
  return sql<PlaceKey & { known: number; ready: number }>(
    `SELECT i.agent_id AS "agentId", i.environment, count(*)::int AS known,
       count(*) FILTER (WHERE i.heard_at > $3 AND i.generation = d.generation AND i.fault IS NULL)::int AS ready
     FROM agent_instance i JOIN deployment d USING (agent_id, environment)
     WHERE i.agent_id = ANY ($1::text[]) AND i.heard_at > $2 GROUP BY 1, 2`,
    [ids, new Date(at.getTime() - forgottenAfterMs), new Date(at.getTime() - silentAfterMs)],
  );
}

type Span = { ids: string[]; from: Date; until: Date };

const inSpan = `agent_id = ANY ($1::text[]) AND environment = ANY ($2::text[]) AND at >= $3 AND at < $4`;

function countJobs(sql: Sql, { ids, from, until }: Span) {
  return sql<PlaceKey & { count: number; failed: number }>(
    `SELECT agent_id AS "agentId", environment, sum(finished + failed)::float8 AS count, sum(failed)::float8 AS failed
     FROM agent_slot WHERE ${inSpan} GROUP BY 1, 2 HAVING sum(finished + failed) > 0`,
    [ids, [...environments], from, until],
  );
}

function readLatency(sql: Sql, { ids, from, until }: Span) {
  return sql<BinCount>(
    `SELECT agent_id AS "agentId", environment, bin, sum(count)::float8 AS count
     FROM agent_latency WHERE ${inSpan} GROUP BY 1, 2, 3`,
    [ids, [...environments], from, until],
  );
}

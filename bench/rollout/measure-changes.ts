import { setTimeout as pause } from "node:timers/promises";
import { applyConfig } from "../../server/features/agent-config/apply-config.ts";
import { findDeployment } from "../../server/features/deployments/deployment-rows.ts";
import type { Place } from "../../server/features/deployments/schema.ts";
import { rollBack } from "../../server/features/rollouts/change-rollout.ts";
import { startRollout } from "../../server/features/rollouts/start-rollout.ts";
import { unlock } from "../../server/features/rollouts/unlock.ts";
import type { Ctx } from "../../server/ports/ctx.ts";
import type { StatusLog, Word } from "./status-log.ts";

export type Bench = { ctx: Ctx; log: StatusLog; place: Place; candidate: string; instances: number };

/** From asking for a change to the last instance's word, and the way there: the change itself, and its road to runtimes. */
export type Took = { ms: number; changeMs: number; effectMs: number };

const candidateWeight = 25;
const plan = {
  strategy: "canary" as const,
  steps: [{ weight: candidateWeight, seconds: 3_600, analysed: false }],
  analysis: {
    minSample: 50,
    intervalSeconds: 10,
    errorPoints: 1,
    latencyP99Percent: 50,
    latencyIntervals: 3,
  },
  gates: { alerts: false, maxBurn: null, freeze: false },
  deadlineSeconds: 7_200,
};

/** Starts a rollout and waits until every instance routes by its SET. Gives its id. */
export async function rollOut({ ctx, log, place, candidate, instances }: Bench): Promise<string> {
  const before = await generationOf(ctx, place);
  const { id } = await startRollout(ctx, { ...place, version: candidate, plan, note: "bench" });
  await log.acknowledged("set", before + 1, instances);
  return id;
}

export async function takeBack({ ctx, log, place, instances }: Bench, id: string): Promise<Took> {
  const generation = (await generationOf(ctx, place)) + 1;
  const startedAt = Date.now();
  await rollBack(ctx, { ...place, id, reason: "bench" });
  const changedAt = Date.now();
  const words = await log.acknowledged("set", generation, instances);
  await unlock(ctx, { ...place, reason: "bench" });
  return tookOf({ startedAt, changedAt, words });
}

/** Every fifth change writes a secret as well. */
export async function changeConfig({ ctx, log, place, instances }: Bench, revision: number): Promise<Took> {
  const startedAt = Date.now();
  const secrets = revision % 5 === 0 ? { KEY: `key number ${revision}` } : {};
  const change = { kind: "values" as const, settings: { maxWords: 1 + (revision % 100) }, secrets };
  await applyConfig(ctx, { ...place, revision, change, note: "bench" });
  const changedAt = Date.now();
  return tookOf({ startedAt, changedAt, words: await log.acknowledged("config", revision + 1, instances) });
}

type Measured = { startedAt: number; changedAt: number; words: readonly Word[] };

function tookOf({ startedAt, changedAt, words }: Measured): Took {
  return {
    ms: Math.max(...words.map(({ readAt }) => readAt)) - startedAt,
    changeMs: changedAt - startedAt,
    effectMs: Math.max(...words.map(({ saidAt }) => saidAt)) - startedAt,
  };
}

async function generationOf({ db }: Ctx, place: Place): Promise<number> {
  return (await findDeployment(db.sql, place))?.generation ?? 0;
}

export type Share = { events: number; candidatePercent: number; errorPercent: number };

/** Which share of the events that are written from now on the candidate gets; everything in between is steady. */
export async function measureWeights(
  { log, candidate }: Bench,
  { written, until }: { written: ReadonlyMap<string, number>; until: () => Promise<void> },
): Promise<Share> {
  const from = Date.now();
  await until();
  const to = Date.now();
  const ids = [...written].filter(([, at]) => at > from && at < to).map(([id]) => id);
  while (ids.some((id) => !log.handled.has(id)) && Date.now() < to + 20_000) await pause(200);
  const given = ids.filter((id) => log.handled.get(id)?.version === candidate).length;
  const candidatePercent = (given / ids.length) * 100;
  return { events: ids.length, candidatePercent, errorPercent: Math.abs(candidatePercent - candidateWeight) };
}

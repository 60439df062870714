import type { Ctx } from "../../ports/ctx.ts";
import { findDeployment, loadVersions } from "../deployments/deployment-rows.ts";
import { listFreezesInForce } from "./list-freezes-in-force.ts";
import type { Observation } from "./machine-rules.ts";
import { readSample } from "./read-samples.ts";
import { type Gate, type GatesPlan, planSchema, type RolloutState, stateSchema } from "./schema.ts";
import type { RolloutRow } from "./store.ts";
import { isBundleIntact } from "./verify-bundle.ts";

/** Errors that an agent may have; what is over it burns its budget. */
const errorBudget = 0.01;
const heardWithinMs = 15_000;

export type ObserveCtx = Pick<Ctx, "db" | "clock" | "log" | "deps">;

/** What the controller sees: the candidate's bytes, the gates, and both versions over the same time. */
export async function observe(ctx: ObserveCtx, row: RolloutRow): Promise<Observation> {
  const plan = planSchema.parse(row.plan);
  const state = stateSchema.parse(row.state);
  const [version] = await loadVersions(ctx.db.sql, row.agentId, [row.candidate]);
  const isIntact = version !== undefined && (await isBundleIntact(ctx.deps, version.bundleCid));
  const isOffered =
    version?.state === "validated" || version?.state === "deployed" || version?.state === "deprecated";
  const gates = [
    toGate("bundle", {
      holds: !isIntact,
      detail: isIntact ? "The bytes hash to the CID." : "The bytes do not hash to the CID.",
    }),
    ...(await gatesOf(ctx, row, plan.gates)),
  ];
  return { isCandidateUsable: isIntact && isOffered, gates, samples: await samplesOf(ctx, row, state) };
}

function toGate(gate: Gate["gate"], rest: Omit<Gate, "gate">): Gate {
  return { gate, ...rest };
}

async function gatesOf(ctx: ObserveCtx, row: RolloutRow, plan: GatesPlan): Promise<Gate[]> {
  return [
    ...(plan.alerts ? [await alertGate(ctx, row)] : []),
    ...(plan.maxBurn === null ? [] : [await budgetGate(ctx, row, plan.maxBurn)]),
    ...(plan.freeze ? [await freezeGate(ctx, row)] : []),
    await runtimeGate(ctx, row),
  ];
}

async function alertGate({ db }: ObserveCtx, { agentId }: RolloutRow): Promise<Gate> {
  const rows = await db.sql<{ id: string; title: string }>(
    `SELECT id::text AS id, title FROM alert WHERE subject_kind = 'agent' AND subject_id = $1 AND state = 'firing'
     AND resolved_at IS NULL AND silence IS NULL ORDER BY alert.id LIMIT 1`,
    [agentId],
  );
  const [firing] = rows;
  return toGate("alerts", {
    holds: firing !== undefined,
    detail: firing ? `Alert ${firing.id}: ${firing.title}` : "No alert fires on the agent.",
  });
}

/** How fast the stable version used up its errors in the last hour; without a stable version there is none to use up. */
async function budgetGate({ db, clock }: ObserveCtx, row: RolloutRow, maxBurn: number): Promise<Gate> {
  if (row.stable === null) return toGate("budget", { holds: false, detail: "Nothing ran here before." });
  const until = clock.now();
  const from = new Date(until.getTime() - 3_600_000);
  const { agentId, environment, stable } = row;
  const { count, failed } = await readSample(db.sql, { agentId, environment, version: stable, from, until });
  const burn = count === 0 ? 0 : failed / count / errorBudget;
  return toGate("budget", { holds: burn > maxBurn, detail: `${burn.toFixed(1)}×, limit ${maxBurn}×, 1 h` });
}

async function freezeGate(ctx: ObserveCtx, { environment }: RolloutRow): Promise<Gate> {
  const { running } = await listFreezesInForce(ctx, { environment });
  const [freeze] = running;
  return toGate("freeze", {
    holds: freeze !== undefined,
    detail: freeze
      ? `Until ${freeze.current?.endsAt ?? freeze.closesAt}: ${freeze.reason}`
      : "No freeze window.",
  });
}

/** Every runtime that is heard has taken the SET in force; one that cannot is named. */
async function runtimeGate({ db, clock }: ObserveCtx, row: RolloutRow): Promise<Gate> {
  const current = await findDeployment(db.sql, row);
  const rows = await db.sql<{ generation: number | null; fault: string | null; instance: string }>(
    `SELECT generation, fault, instance FROM agent_instance WHERE agent_id = $1 AND environment = $2 AND heard_at > $3`,
    [row.agentId, row.environment, new Date(clock.now().getTime() - heardWithinMs)],
  );
  if (!current || current.records.length === 0)
    return toGate("runtime", { holds: false, detail: "Nothing runs here yet." });
  const same = rows.filter(({ generation, fault }) => generation === current.generation && fault === null);
  const faulty = rows.find(({ fault }) => fault !== null);
  const detail = `${same.length} of ${rows.length} instances run SET ${current.generation}${faulty ? `; ${faulty.instance}: ${faulty.fault}` : ""}.`;
  return toGate("runtime", { holds: rows.length === 0 || same.length < rows.length, detail });
}

/** Whole slots after the step began, up to what ingest surely has. */
async function samplesOf(
  ctx: ObserveCtx,
  row: RolloutRow,
  { stepAt, weight }: RolloutState,
): Promise<Observation["samples"]> {
  if (stepAt === null || weight === 0 || weight === 100 || row.stable === null) return null;
  const { agentId, environment } = row;
  const span = { agentId, environment, from: new Date(stepAt), until: ctx.clock.now() };
  const stable = await readSample(ctx.db.sql, { ...span, version: row.stable });
  const candidate = await readSample(ctx.db.sql, { ...span, version: row.candidate });
  return { stable, candidate };
}

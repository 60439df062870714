import { msBetween } from "../../kernel/clock.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { findDeployment } from "./deployment-rows.ts";
import { forgottenAfterMs, silentAfterMs } from "./instance-rules.ts";
import { findHeld } from "./judge-set-of.ts";
import { findProposal, toProposal } from "./proposal-rows.ts";
import type { DeploymentView, Instance, Place } from "./schema.ts";

export async function getDeployment(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  place: Place,
): Promise<DeploymentView> {
  const { agentId, environment } = place;
  const at = clock.now();
  const [agents, current, held, proposal, versions, instances] = await Promise.all([
    db.sql("SELECT 1 FROM agent WHERE id = $1", [agentId]),
    findDeployment(db.sql, place),
    findHeld(db.sql, place),
    findProposal(db.sql, place),
    db.sql<DeploymentView["versions"][number]>(
      "SELECT cid, semver, state FROM agent_version WHERE agent_id = $1 ORDER BY uploaded_at DESC, cid LIMIT 200",
      [agentId],
    ),
    listInstances(db.sql, place),
  ]);
  if (agents.length === 0) throw notFound("agent", agentId);
  const applied = current?.appliedAt ?? null;
  return {
    agentId,
    environment,
    generation: current?.generation ?? 0,
    appliedAt: applied?.toISOString() ?? null,
    records: current?.records ?? [],
    held: (held?.records ?? []).map(({ name }) => name),
    rollout: held?.rollout ?? null,
    lock:
      current?.lockedAt && current.lockedReason !== null
        ? { at: current.lockedAt.toISOString(), reason: current.lockedReason }
        : null,
    proposal: proposal && toProposal(proposal),
    versions,
    instances: instances
      .filter(({ heardAt }) => msBetween(heardAt, at) < forgottenAfterMs)
      .map((row) => toInstance(row, { at, applied, generation: current?.generation ?? 0 })),
  };
}

type InstanceRow = Pick<Instance, "instance" | "region" | "generation" | "fault"> & {
  heardAt: Date;
  acknowledgedAt: Date | null;
};

function listInstances(sql: Ctx["db"]["sql"], { agentId, environment }: Place): Promise<InstanceRow[]> {
  return sql<InstanceRow>(
    `SELECT instance, region, generation, fault, heard_at AS "heardAt", acknowledged_at AS "acknowledgedAt"
     FROM agent_instance WHERE agent_id = $1 AND environment = $2 ORDER BY region, instance LIMIT 500`,
    [agentId, environment],
  );
}

type Around = { at: Date; applied: Date | null; generation: number };

function toInstance(
  { heardAt, acknowledgedAt, ...row }: InstanceRow,
  { at, applied, generation }: Around,
): Instance {
  const isSame = row.generation === generation && row.fault === null;
  return {
    ...row,
    heardAt: heardAt.toISOString(),
    isSilent: msBetween(heardAt, at) > silentAfterMs,
    acknowledgedAfterMs:
      isSame && applied && acknowledgedAt ? Math.max(0, msBetween(applied, acknowledgedAt)) : null,
  };
}

import { msBetween } from "../../kernel/clock.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Sql } from "../../ports/database.ts";
import { forgottenAfterMs, silentAfterMs } from "../deployments/instance-rules.ts";
import type { Place } from "../deployments/schema.ts";
import { findConfig, toKnownSecrets } from "./find-config.ts";
import { findConfigProposal, toProposalView } from "./proposal-rows.ts";
import type { ConfigView } from "./schema.ts";
import { fieldsOf } from "./settings-rules.ts";
import { loadTyping } from "./typing-versions.ts";

/** What can be set, what is set, who runs it, and what waits for a second person. */
export async function getConfig(
  { db, deps, clock }: Pick<Ctx, "db" | "deps" | "clock">,
  place: Place,
): Promise<ConfigView> {
  const { agentId, environment } = place;
  const [agents, current, typing, proposal, instances] = await Promise.all([
    db.sql("SELECT 1 FROM agent WHERE id = $1", [agentId]),
    findConfig(db.sql, place),
    loadTyping(db.sql, place),
    findConfigProposal(db.sql, place),
    listInstances(db.sql, place, clock.now()),
  ]);
  if (agents.length === 0) throw notFound("agent", agentId);
  return {
    agentId,
    environment,
    revision: current?.revision ?? 0,
    applied: current && { at: current.appliedAt.toISOString(), by: current.author, note: current.note },
    typedBy: typing.versions.map(({ cid, semver }) => ({ cid, semver })),
    isDeployed: typing.isDeployed,
    ...fieldsOf(typing.versions),
    settings: current?.settings ?? {},
    secrets: toKnownSecrets(current?.secrets ?? {}),
    canSeal: deps.agentSecrets.canSeal(environment),
    proposal: proposal && toProposalView(proposal),
    instances,
  };
}

type InstanceRow = Pick<
  ConfigView["instances"][number],
  "instance" | "region" | "revision" | "fault" | "acknowledgedAfterMs"
> & { heardAt: Date; driftsSince: Date | null };

/** An instance drifts since the revision after its own is in force. */
async function listInstances(
  sql: Sql,
  { agentId, environment }: Place,
  at: Date,
): Promise<ConfigView["instances"]> {
  const rows = await sql<InstanceRow>(
    `SELECT i.instance, i.region, i.config_revision AS revision, i.config_fault AS fault, i.heard_at AS "heardAt",
       (extract(epoch FROM a.acknowledged_at - r.applied_at) * 1000)::float8 AS "acknowledgedAfterMs",
       next.applied_at AS "driftsSince"
     FROM agent_instance i
     LEFT JOIN agent_config_revision next ON (next.agent_id, next.environment, next.revision) =
       (i.agent_id, i.environment, coalesce(i.config_revision, 0) + 1)
     LEFT JOIN LATERAL (SELECT revision, applied_at FROM agent_config_revision
       WHERE agent_id = i.agent_id AND environment = i.environment ORDER BY revision DESC LIMIT 1) r ON true
     LEFT JOIN agent_config_acknowledgement a ON (a.agent_id, a.environment, a.revision, a.instance) =
       (i.agent_id, i.environment, r.revision, i.instance) AND a.fault IS NULL
     WHERE i.agent_id = $1 AND i.environment = $2 AND i.heard_at > $3 ORDER BY i.region, i.instance LIMIT 500`,
    [agentId, environment, new Date(at.getTime() - forgottenAfterMs)],
  );
  return rows.map(({ heardAt, driftsSince, acknowledgedAfterMs, ...row }) => ({
    ...row,
    heardAt: heardAt.toISOString(),
    isSilent: msBetween(heardAt, at) > silentAfterMs,
    // Two machines' clocks: an instance may seem to have had it before it was applied.
    acknowledgedAfterMs:
      driftsSince === null && acknowledgedAfterMs !== null ? Math.max(0, acknowledgedAfterMs) : null,
    driftsSince: driftsSince?.toISOString() ?? null,
  }));
}

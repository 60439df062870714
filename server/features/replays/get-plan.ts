import { msBetween } from "../../kernel/clock.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Sql } from "../../ports/database.ts";
import { findConfig } from "../agent-config/find-config.ts";
import { findDeployment } from "../deployments/deployment-rows.ts";
import { silentAfterMs } from "../deployments/instance-rules.ts";
import type { Place } from "../deployments/schema.ts";
import { findDefault } from "../deployments/set-rules.ts";
import type { ReplayableVersion, ReplayPlan } from "./schema.ts";

/** What a replay of this agent could be made of in an environment, and who would run it. */
export async function getReplayPlan(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { agentId, environment }: Place,
): Promise<ReplayPlan> {
  const place = { agentId, environment };
  const [agents, deployment, versions, runtime, config] = await Promise.all([
    db.sql("SELECT 1 FROM agent WHERE id = $1", [agentId]),
    findDeployment(db.sql, place),
    listReplayable(db.sql, agentId),
    findRuntime(db.sql, place),
    findConfig(db.sql, place),
  ]);
  if (agents.length === 0) throw notFound("agent", agentId);
  return {
    stable: findDefault(deployment?.records ?? [])?.version ?? null,
    versions,
    runtime: runtime && {
      instance: runtime.instance,
      heardAt: runtime.heardAt.toISOString(),
      isSilent: msBetween(runtime.heardAt, clock.now()) > silentAfterMs,
    },
    configRevision: config?.revision ?? 0,
  };
}

/** The one that spoke last of this agent there. */
export async function findRuntime(
  sql: Sql,
  { agentId, environment }: Place,
): Promise<{ instance: string; heardAt: Date } | null> {
  const rows = await sql<{ instance: string; heardAt: Date }>(
    `SELECT instance, heard_at AS "heardAt" FROM agent_instance
     WHERE agent_id = $1 AND environment = $2 ORDER BY heard_at DESC, instance LIMIT 1`,
    [agentId, environment],
  );
  return rows[0] ?? null;
}

async function listReplayable(sql: Sql, agentId: string): Promise<ReplayableVersion[]> {
  const rows = await sql<Omit<ReplayableVersion, "uploadedAt"> & { uploadedAt: Date }>(
    `SELECT cid, semver, state, uploaded_at AS "uploadedAt",
       coalesce((SELECT json_agg(DISTINCT engagement ->> 'event')
         FROM jsonb_array_elements(manifest -> 'engagements') AS engagement), '[]') AS "eventTypes"
     FROM agent_version WHERE agent_id = $1 AND state NOT IN ('draft', 'archived')
     ORDER BY uploaded_at DESC, cid LIMIT 200`,
    [agentId],
  );
  return rows.map((row) => ({ ...row, uploadedAt: row.uploadedAt.toISOString() }));
}

import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments } from "../deployments/deployment-rows.ts";
import type { Place } from "../deployments/schema.ts";
import { tellRuntimes } from "../deployments/tell-runtimes.ts";
import { diffConfig } from "./diff-rules.ts";
import { type StoredConfig, toKnownSecrets } from "./find-config.ts";
import type { Planned } from "./plan-change.ts";

export type ConfigWrite = { place: Place; planned: Planned; note: string; action: string };

/**
 * Puts a configuration in force as a new revision: the row, what runtimes are told, the audit entry and the notice, in
 * the caller's transaction, which holds the place.
 */
export async function writeConfig(tx: Transaction, ctx: Ctx, write: ConfigWrite): Promise<number> {
  const { place, planned, note } = write;
  const { agentId, environment } = place;
  const { settings, secrets } = planned.after;
  const at = ctx.clock.now();
  const revision = planned.revision + 1;
  await tx.$executeRaw`
    INSERT INTO agent_config_revision (agent_id, environment, revision, settings, secrets, back_to, author_id, author_name, note, applied_at)
    VALUES (${agentId}, ${environment}, ${revision}, ${JSON.stringify(settings)}::jsonb, ${JSON.stringify(secrets)}::jsonb,
            ${planned.backTo}, ${ctx.actor.id}, ${ctx.actor.name}, ${note}, ${at})`;
  await tellRuntimes(tx, place, at);
  await auditConfig(tx, ctx, write);
  await announceDeployments(tx, agentId, at);
  return revision;
}

/** Of secrets the entry says which ones changed, and nothing else. */
export async function auditConfig(tx: Transaction, ctx: Ctx, write: ConfigWrite): Promise<void> {
  const { place, planned, note, action } = write;
  const [before, after] = [toState(planned.before), toState(planned.after)];
  const sealed = diffConfig(before, after).flatMap((change) =>
    change.kind === "secret" ? [`${change.name} ${change.what}`] : [],
  );
  await recordAudit(tx, ctx, {
    action,
    subject: `config:${place.environment}/${place.agentId}`,
    before: { settings: before.settings },
    after: { settings: after.settings, sealed },
    reason: note,
  });
}

function toState({ settings, secrets }: StoredConfig) {
  return { settings, secrets: toKnownSecrets(secrets) };
}

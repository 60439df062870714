import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { ruleById } from "./catalogue.ts";
import { listRules } from "./list-rules.ts";
import { onlyChanges } from "./rules.ts";
import { type Rule, ruleChangesSchema, type UpdateRuleInput } from "./schema.ts";
import { announceAlerts, type StoredRevision } from "./store.ts";

/**
 * Writes a new revision; it counts from the next round on. Undo is an earlier revision's changes written again. The
 * revision that the change was made on must still be the newest.
 */
export async function updateRule(ctx: Ctx, input: UpdateRuleInput): Promise<Rule> {
  const { network, id, revision, reason } = input;
  const definition = ruleById(id);
  if (!definition) throw notFound("rule", id);
  const { min, max } = definition.settable;
  const { limit } = input.changes;
  if (limit !== undefined && (limit < min || limit > max))
    throw invalid(`The limit of "${definition.title}" is between ${min} and ${max}.`, {
      limit: String(limit),
    });
  const at = ctx.clock.now();
  const after = onlyChanges(definition, input.changes);
  await ctx.db.prisma.$transaction(async (tx) => {
    const net = networkByName(network).id;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`alert rule ${net} ${id}`}))`;
    const newest = await tx.$queryRaw<StoredRevision[]>`
      SELECT revision, changes FROM alert_rule WHERE network = ${net} AND rule = ${id} ORDER BY revision DESC LIMIT 1`;
    const known = newest[0]?.revision ?? 0;
    if (known !== revision)
      throw conflict(`Somebody changed this rule meanwhile: it is at revision ${known}. Look at it again.`);
    await tx.$executeRaw`
      INSERT INTO alert_rule (network, rule, revision, changes, reason, made_at, made_by)
      VALUES (${net}, ${id}, ${known + 1}, ${JSON.stringify(after)}::jsonb, ${reason}, ${at}, ${ctx.actor.name})`;
    const before = ruleChangesSchema.catch({}).parse(newest[0]?.changes ?? {});
    await recordAudit(tx, ctx, {
      action: "alert.rule",
      subject: `rule:${id}`,
      network,
      before,
      after,
      reason,
    });
    await announceAlerts(tx, network, at);
  });
  const changed = (await listRules(ctx, { network })).find((rule) => rule.id === id);
  if (!changed) throw notFound("rule", id);
  return changed;
}

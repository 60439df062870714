import { invalid, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { ruleById } from "./catalogue.ts";
import { listRules } from "./list-rules.ts";
import type { Rule, UpdateRuleInput } from "./rule-schema.ts";
import { onlyChanges } from "./rules.ts";
import { writeRevision } from "./write-revision.ts";

/** Changes what a network has of a built-in rule. */
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
  await writeRevision(ctx, {
    network,
    id,
    madeOn: revision,
    holds: onlyChanges(definition, input.changes),
    reason,
  });
  const changed = (await listRules(ctx, { network })).find((rule) => rule.id === id);
  if (!changed) throw notFound("rule", id);
  return changed;
}

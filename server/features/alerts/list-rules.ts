import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { ListRulesInput, Rule } from "./rule-schema.ts";
import { limitSentence } from "./rules.ts";
import { loadRules, toInstant } from "./store.ts";

/** Every rule as the network has it, with what it has open. */
export async function listRules({ db }: Pick<Ctx, "db">, { network }: ListRulesInput): Promise<Rule[]> {
  const [rules, open] = await Promise.all([
    loadRules(db, network),
    db.sql<{ rule: string; firing: number }>(
      `SELECT rule, count(*)::int AS firing FROM alert
       WHERE network = $1 AND resolved_at IS NULL AND state = 'firing' GROUP BY rule`,
      [networkByName(network).id],
    ),
  ]);
  const firing = new Map(open.map((row) => [row.rule, row.firing]));
  return [...rules.values()].map((rule) => ({
    id: rule.id,
    title: rule.title,
    signal: rule.signal,
    breach: rule.breach,
    limit: rule.limit,
    limitText: limitSentence(rule),
    severity: rule.severity,
    forMs: rule.forMs,
    isEnabled: rule.isEnabled,
    runbook: rule.runbook,
    revision: rule.revision,
    changedAt: toInstant(rule.changed?.madeAt ?? null),
    changedBy: rule.changed?.madeBy ?? null,
    firing: firing.get(rule.id) ?? 0,
    own: rule.own,
  }));
}

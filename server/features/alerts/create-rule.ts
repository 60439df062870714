import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { ownRuleId } from "./own-rules.ts";
import type { CreateRuleInput, WrittenRule } from "./rule-schema.ts";
import { appendRevision } from "./write-revision.ts";

/** What the evaluator's share of a processor is measured with. */
const mostOwnRules = 1_000;

/** A rule of a network's own; it counts from the next round on. */
export async function createRule(ctx: Ctx, { network, rule, reason }: CreateRuleInput): Promise<WrittenRule> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const net = networkByName(network).id;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`alert rules ${net}`}))`;
    const [last] = await tx.$queryRaw<{ number: number; rules: number }[]>`
      SELECT coalesce(max(substring(rule FROM '^own-([0-9]+)$')::int), 0) AS number,
             count(DISTINCT rule)::int AS rules
      FROM alert_rule WHERE network = ${net} AND rule ~ '^own-[0-9]+$'`;
    if ((last?.rules ?? 0) >= mostOwnRules)
      throw invalid(`A network has at most ${mostOwnRules} rules of its own. Change one that is there.`);
    const id = ownRuleId((last?.number ?? 0) + 1);
    const revision = await appendRevision(tx, ctx, { network, id, madeOn: 0, holds: rule, reason });
    return { id, revision };
  });
}

import { notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { isOwnRule } from "./own-rules.ts";
import type { ReviseRuleInput, WrittenRule } from "./rule-schema.ts";
import { writeRevision } from "./write-revision.ts";

/** Changes a rule of a network's own, takes it away, or brings an earlier revision back. */
export async function reviseRule(ctx: Ctx, input: ReviseRuleInput): Promise<WrittenRule> {
  const { network, id, revision, rule, reason } = input;
  if (!isOwnRule(id)) throw notFound("rule", id);
  const written = await writeRevision(ctx, { network, id, madeOn: revision, holds: rule, reason });
  return { id, revision: written };
}

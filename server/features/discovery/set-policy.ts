import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { readPolicyAnswer } from "./get-policy.ts";
import { policyKey } from "./policy.ts";
import type { PolicyAnswer, SetPolicyInput } from "./schema.ts";

/** From the next question on. */
export async function setPolicy(ctx: Ctx, { policy, reason }: SetPolicyInput): Promise<PolicyAnswer> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const before = (await readPolicyAnswer(tx)).policy;
    const row = { value: policy, updatedBy: ctx.actor.name, updatedAt: ctx.clock.now() };
    await tx.setting.upsert({ where: { key: policyKey }, create: { key: policyKey, ...row }, update: row });
    await recordAudit(tx, ctx, {
      action: "discovery.policy.changed",
      subject: "discovery",
      before,
      after: policy,
      reason,
    });
    return readPolicyAnswer(tx);
  });
}

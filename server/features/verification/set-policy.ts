import type { Ctx } from "../../ports/ctx.ts";
import { changeSetting } from "../settings/change-setting.ts";
import { getPolicy } from "./get-policy.ts";
import { policyKey, readPolicy } from "./policy.ts";
import type { PolicyAnswer, SetPolicyInput } from "./schema.ts";

/** From the next sample on. */
export async function setPolicy(ctx: Ctx, { policy, reason }: SetPolicyInput): Promise<PolicyAnswer> {
  await changeSetting(ctx, {
    key: policyKey,
    read: readPolicy,
    change: () => policy,
    action: "verification.policy.changed",
    subject: "verification",
    reason,
  });
  return getPolicy(ctx);
}

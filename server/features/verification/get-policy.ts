import type { Ctx } from "../../ports/ctx.ts";
import { policyKey, readPolicy } from "./policy.ts";
import type { PolicyAnswer } from "./schema.ts";
import { defaultPolicy } from "./verification-rules.ts";

/** How often and how much is verified, and who decided so. */
export async function getPolicy({ db }: Pick<Ctx, "db">): Promise<PolicyAnswer> {
  const setting = await db.prisma.setting.findUnique({ where: { key: policyKey } });
  return {
    policy: readPolicy(setting?.value),
    defaults: defaultPolicy,
    changedBy: setting?.updatedBy ?? null,
    changedAt: setting?.updatedAt.toISOString() ?? null,
  };
}

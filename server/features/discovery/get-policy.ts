import type { Ctx } from "../../ports/ctx.ts";
import { policyKey, readPolicy } from "./policy.ts";
import type { PolicyAnswer } from "./schema.ts";

/** Which names are asked for, how much of the DAG is read, and who decided so. */
export async function getPolicy({ db }: Pick<Ctx, "db">): Promise<PolicyAnswer> {
  const setting = await db.prisma.setting.findUnique({ where: { key: policyKey } });
  return {
    policy: readPolicy(setting?.value),
    defaults: readPolicy(null),
    changedBy: setting?.updatedBy ?? null,
    changedAt: setting?.updatedAt.toISOString() ?? null,
  };
}

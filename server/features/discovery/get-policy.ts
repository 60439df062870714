import type { Ctx } from "../../ports/ctx.ts";
import type { Database } from "../../ports/database.ts";
import { policyKey, readPolicy } from "./policy.ts";
import type { PolicyAnswer } from "./schema.ts";

/** Which names are asked for, how much of the DAG is read, and who decided so. */
export async function getPolicy({ db }: Pick<Ctx, "db">): Promise<PolicyAnswer> {
  return readPolicyAnswer(db.prisma);
}

/** The same inside a transaction. */
export async function readPolicyAnswer(db: Pick<Database["prisma"], "setting">): Promise<PolicyAnswer> {
  const setting = await db.setting.findUnique({ where: { key: policyKey } });
  return {
    policy: readPolicy(setting?.value),
    defaults: readPolicy(null),
    changedBy: setting?.updatedBy ?? null,
    changedAt: setting?.updatedAt.toISOString() ?? null,
  };
}

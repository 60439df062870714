import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { limitsKey, readChanges } from "./limits.ts";
import { defaultNodeLimits } from "./rules.ts";
import type { NodeLimitsAnswer } from "./schema.ts";

/** The limits of a network, the defaults beside them, and who changed them last. */
export async function getLimits(
  ctx: Pick<Ctx, "db">,
  { network }: { network: NetworkName },
): Promise<NodeLimitsAnswer> {
  const setting = await ctx.db.prisma.setting.findUnique({ where: { key: limitsKey(network) } });
  return {
    limits: { ...defaultNodeLimits, ...readChanges(setting?.value) },
    defaults: defaultNodeLimits,
    changedBy: setting?.updatedBy ?? null,
    changedAt: setting?.updatedAt.toISOString() ?? null,
  };
}

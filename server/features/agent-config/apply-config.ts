import type { Ctx } from "../../ports/ctx.ts";
import { requireOnePersonEnough } from "../deployments/apply-set.ts";
import { lockPlace, sqlOf } from "../deployments/deployment-rows.ts";
import { planChange, sealChange } from "./plan-change.ts";
import type { ChangeConfigInput } from "./schema.ts";
import { writeConfig } from "./write-config.ts";

/** Puts new values, or an earlier revision, in force at once. In prod it is proposed, and a second person does. */
export async function applyConfig(ctx: Ctx, input: ChangeConfigInput): Promise<{ revision: number }> {
  const { agentId, environment, note } = input;
  await requireOnePersonEnough(ctx, { call: "agentConfig.change", environment });
  const change = await sealChange(ctx, input);
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockPlace(tx, input);
    const planned = await planChange(sqlOf(tx), input, change);
    const place = { agentId, environment };
    return { revision: await writeConfig(tx, ctx, { place, planned, note, action: "config.apply" }) };
  });
}

import { conflict, outOfReach } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { recordRefusal } from "../identity/record-refusal.ts";
import { findDeployment, lockPlace, sqlOf } from "./deployment-rows.ts";
import { requireSetOf } from "./judge-set-of.ts";
import type { ApplySetInput, Environment } from "./schema.ts";
import { verifyNamed } from "./verify-named.ts";
import { writeSet } from "./write-set.ts";

/** Puts a SET in force as a whole. In prod it is proposed, and a second person puts it in force. */
export async function applySet(ctx: Ctx, input: ApplySetInput): Promise<{ generation: number }> {
  const { agentId, environment, note } = input;
  await requireOnePersonEnough(ctx, { call: "deployments.applySet", environment });
  await verifyNamed(ctx, input);
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, input);
    const current = await findDeployment(sql, input, "FOR UPDATE");
    const known = current?.generation ?? 0;
    if (known !== input.generation)
      throw conflict(`Somebody applied SET ${known} meanwhile. Look at it, and apply yours again.`);
    const records = await requireSetOf(sql, { place: input, records: input.records, at: ctx.clock.now() });
    const generation = await writeSet(tx, ctx, { agentId, environment, records, cause: "person", note });
    await recordAudit(tx, ctx, {
      action: "deployment.apply",
      subject: `deployment:${environment}/${agentId}`,
      before: current?.records ?? [],
      after: records,
      reason: note,
    });
    return { generation };
  });
}

/** What changes prod needs two people; the attempt of one is kept. */
export async function requireOnePersonEnough(
  ctx: Ctx,
  { call, environment }: { call: string; environment: Environment },
): Promise<void> {
  if (environment !== "prod") return;
  await recordRefusal(ctx, { call, needed: "a second person", environment });
  throw outOfReach("In prod a change needs a second person: propose it, and let somebody else approve it.");
}

import { conflict, invalid, outOfReach } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { recordRefusal } from "../identity/record-refusal.ts";
import { findDeployment, lockPlace, sqlOf } from "./deployment-rows.ts";
import { judgeSetOf } from "./judge-set-of.ts";
import type { ApplySetInput } from "./schema.ts";
import { writeSet } from "./write-set.ts";

/** Puts a SET in force as a whole. In prod that is a rollout's work: it asks a second person. */
export async function applySet(ctx: Ctx, input: ApplySetInput): Promise<{ generation: number }> {
  const { agentId, environment, note } = input;
  if (environment === "prod") {
    await recordRefusal(ctx, { call: "deployments.applySet", needed: "a second person", environment });
    throw outOfReach(
      "In prod a change needs a second person: start a rollout, and let somebody else approve it.",
    );
  }
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    await lockPlace(tx, input);
    const current = await findDeployment(sql, input, "FOR UPDATE");
    const known = current?.generation ?? 0;
    if (known !== input.generation)
      throw conflict(`Somebody applied SET ${known} meanwhile. Look at it, and apply yours again.`);
    const { records, issues } = await judgeSetOf(sql, {
      place: input,
      records: input.records,
      at: ctx.clock.now(),
    });
    const [first] = issues;
    if (first || !records)
      throw invalid(`The SET does not hold: ${first?.message ?? "it cannot be read"}`, {
        pointer: first?.pointer ?? "",
      });
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

import { conflict, invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceDeployments, findDeployment, lockPlace, sqlOf } from "./deployment-rows.ts";
import { requireSetOf } from "./judge-set-of.ts";
import { findProposal } from "./proposal-rows.ts";
import { findEarlierSet, requireNoRollout } from "./reapply-set.ts";
import type { ApplySetInput, DeploymentRecord, Place, ReapplySetInput } from "./schema.ts";

/** Asks a second person to put a SET in force in prod. It is judged now, and again when they say yes. */
export async function proposeSet(ctx: Ctx, input: ApplySetInput): Promise<{ id: string }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    const { known, before } = await openPlace(tx, input);
    if (known !== input.generation)
      throw conflict(`Somebody applied SET ${known} meanwhile. Look at it, and propose yours again.`);
    const records = await requireSetOf(sql, { place: input, records: input.records, at: ctx.clock.now() });
    return insertProposal(tx, ctx, {
      place: input,
      note: input.note,
      known,
      before,
      records,
      reapplies: null,
    });
  });
}

/** The same for a SET that was in force before. */
export async function proposeReapply(ctx: Ctx, input: ReapplySetInput): Promise<{ id: string }> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const sql = sqlOf(tx);
    const { known, before } = await openPlace(tx, input);
    await requireNoRollout(sql, input);
    const records = await findEarlierSet(sql, input, ctx.clock.now());
    const { note, generation } = input;
    return insertProposal(tx, ctx, { place: input, note, known, before, records, reapplies: generation });
  });
}

type OpenPlace = { known: number; before: readonly DeploymentRecord[] };

async function openPlace(tx: Transaction, place: Place): Promise<OpenPlace> {
  if (place.environment !== "prod")
    throw invalid(`In ${place.environment} one person is enough: apply it yourself.`);
  await lockPlace(tx, place);
  const open = await findProposal(sqlOf(tx), place);
  if (open) throw conflict(`${open.author} has proposed a SET here already. Decide on it first.`);
  const current = await findDeployment(sqlOf(tx), place, "FOR UPDATE");
  return { known: current?.generation ?? 0, before: current?.records ?? [] };
}

type Insert = OpenPlace & {
  place: Place;
  note: string;
  records: readonly DeploymentRecord[];
  reapplies: number | null;
};

async function insertProposal(tx: Transaction, ctx: Ctx, proposal: Insert): Promise<{ id: string }> {
  const { place, note, known, before, records, reapplies } = proposal;
  const { agentId, environment } = place;
  const at = ctx.clock.now();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO deployment_proposal (agent_id, environment, generation, reapplies, records, note, author_id, author_name, made_at)
    VALUES (${agentId}, ${environment}, ${known}, ${reapplies}, ${JSON.stringify(records)}::jsonb, ${note},
            ${ctx.actor.id}, ${ctx.actor.name}, ${at})
    RETURNING id::text AS id`;
  const id = rows[0]?.id ?? "";
  await recordAudit(tx, ctx, {
    action: "deployment.propose",
    subject: `deployment:${environment}/${agentId}`,
    before,
    after: records,
    reason: note,
  });
  await announceDeployments(tx, agentId, at);
  return { id };
}

import { invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { readLimits } from "./get-limits.ts";
import { limitNames, limitsKey, readChanges } from "./limits.ts";
import { defaultNodeLimits } from "./rules.ts";
import {
  type NodeLimits,
  type NodeLimitsAnswer,
  nodeLimitsSchema,
  type SetNodeLimitsInput,
} from "./schema.ts";

/**
 * Changes limits of one network from the next look on; null puts one back to its default. Two people who change
 * different limits at once both keep theirs.
 */
export async function setLimits(ctx: Ctx, input: SetNodeLimitsInput): Promise<NodeLimitsAnswer> {
  const { network, changes, reason } = input;
  const key = limitsKey(network);
  return ctx.db.prisma.$transaction(async (tx) => {
    const mine = { updatedBy: ctx.actor.name, updatedAt: ctx.clock.now() };
    await tx.$executeRaw`
      INSERT INTO setting (key, value, updated_at, updated_by)
      VALUES (${key}, '{}', ${mine.updatedAt}, ${mine.updatedBy}) ON CONFLICT (key) DO NOTHING`;
    const locked = await tx.$queryRaw<
      { value: unknown }[]
    >`SELECT value FROM setting WHERE key = ${key} FOR UPDATE`;
    const before = readChanges(locked[0]?.value);
    const after = applyChanges(before, changes);
    await tx.setting.update({ where: { key }, data: { ...mine, value: after } });
    const action = "nodes.limits.changed";
    await recordAudit(tx, ctx, { action, subject: `limits:${network}`, network, before, after, reason });
    return readLimits(tx, network);
  });
}

/** The limits that differ from the defaults, after a change. Throws when a warning would come after the alarm. */
export function applyChanges(
  before: Partial<NodeLimits>,
  changes: SetNodeLimitsInput["changes"],
): Partial<NodeLimits> {
  const after: Partial<NodeLimits> = { ...before };
  for (const name of limitNames) {
    const limit = changes[name];
    if (limit === undefined) continue;
    const parsed = nodeLimitsSchema.shape[name].safeParse(limit ?? defaultNodeLimits[name]);
    if (!parsed.success)
      throw invalid(`${name}: ${parsed.error.issues[0]?.message ?? "does not fit"}.`, { name });
    if (parsed.data === defaultNodeLimits[name]) delete after[name];
    else after[name] = parsed.data;
  }
  const whole = { ...defaultNodeLimits, ...after };
  for (const [warn, crit] of ordered)
    if (whole[warn] > whole[crit])
      throw invalid(
        `${warn} (${whole[warn]}) is above ${crit} (${whole[crit]}): a warning comes before the alarm.`,
      );
  return after;
}

const ordered = [
  ["failureRatioWarn", "failureRatioCrit"],
  ["p99MsWarn", "p99MsCrit"],
  ["diskWarn", "diskCrit"],
] as const;

import { invalid } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { changeSetting } from "../settings/change-setting.ts";
import { getLimits } from "./get-limits.ts";
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
  await changeSetting(ctx, {
    key: limitsKey(network),
    read: readChanges,
    change: (before) => applyChanges(before, changes),
    action: "nodes.limits.changed",
    subject: `limits:${network}`,
    network,
    reason,
  });
  return getLimits(ctx, { network });
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

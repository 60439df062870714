import type { Ctx } from "../../ports/ctx.ts";
import { getLimits } from "./get-limits.ts";
import { loadFleet } from "./load-fleet.ts";
import { defaultNodeLimits, nodeStatus } from "./rules.ts";
import type { LimitsPreview, PreviewNodeLimitsInput } from "./schema.ts";
import { applyChanges } from "./set-limits.ts";

const namedNodes = 5;

/** Which nodes would be in another state at this moment, were these the limits. */
export async function previewLimits(
  ctx: Ctx,
  { network, changes }: PreviewNodeLimitsInput,
): Promise<LimitsPreview> {
  const at = ctx.clock.now();
  const { limits } = await getLimits(ctx, { network });
  const changed = { ...defaultNodeLimits, ...applyChanges(limits, changes) };
  const { rows, stalled } = await loadFleet(ctx, { network, at });
  const moves = rows
    .map((row) => ({
      name: row.name,
      from: row.status.kind,
      to: nodeStatus(row, at, { limits: changed, stalled }).kind,
    }))
    .filter(({ from, to }) => from !== to);
  const groups = Map.groupBy(moves, ({ from, to }) => `${from} ${to}`);
  return {
    nodes: rows.length,
    moves: [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { from, to } = first;
      return [{ from, to, nodes: group.length, names: group.slice(0, namedNodes).map(({ name }) => name) }];
    }),
  };
}

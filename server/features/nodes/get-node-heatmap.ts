import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { heatmapOf } from "./activity-series.ts";
import type { Heatmap, NodeHeatmapInput } from "./history-schema.ts";
import { loadHistory } from "./load-history.ts";

/** Requests of one node by latency over a range. */
export async function getNodeHeatmap(ctx: Ctx, input: NodeHeatmapInput): Promise<Heatmap> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const history = await loadHistory(ctx, input, { range, at, kinds: ["heatmap"] });
  return heatmapOf(history.rollups, range, history);
}

import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { failureRatioLine, latencyLines, requestLine } from "./activity-series.ts";
import type { CompareNodesInput, Line, NodeComparison, SeriesKind } from "./history-schema.ts";
import { loadNode } from "./load-fleet.ts";
import { type History, loadHistory } from "./load-history.ts";
import { readingLines } from "./reading-series.ts";
import { toSteps } from "./steps.ts";

const kinds: readonly SeriesKind[] = ["operations", "cpu_memory", "disk", "network", "disk_read"];

/** Two to six nodes side by side: their rows, and the same lines on the same steps. */
export async function compareNodes(ctx: Ctx, input: CompareNodesInput): Promise<NodeComparison> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const nodes = await Promise.all(
    [...new Set(input.keys)].map(async (key) => {
      const which = { network: input.network, key };
      const [{ node }, history] = await Promise.all([
        loadNode(ctx, which, at),
        loadHistory(ctx, which, { range, at, kinds }),
      ]);
      return { node, lines: linesOf(history) };
    }),
  );
  return { at: at.toISOString(), steps: toSteps(range, at), nodes };
}

function linesOf(history: History): Line[] {
  const { activity } = history;
  return [
    ...(activity ? [requestLine(activity), failureRatioLine(activity), ...latencyLines(activity)] : []),
    ...kinds.flatMap((kind) => readingLines(kind, history.readings, history)),
  ];
}

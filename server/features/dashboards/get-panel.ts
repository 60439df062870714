import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { requireDashboard, requirePanel } from "./catalogue.ts";
import { expandQuery, panelStepMs } from "./expand-query.ts";
import { listOptions } from "./list-options.ts";
import type { Dashboard, GetPanelInput, Panel, PanelData } from "./schema.ts";
import { type Row, toAnswer } from "./to-answer.ts";

const timeoutMs = 8_000;

/** What a panel of a shipped dashboard shows, asked by the console itself: the same question on the same views. */
export async function getPanel(ctx: Ctx, input: GetPanelInput): Promise<PanelData> {
  const at = ctx.clock.now();
  const dashboard = requireDashboard(input.uid);
  const panel = requirePanel(dashboard, input.panelId);
  const { from, to } = resolveTimeRange(input, at);
  const stepMs = stepOf(panel, panelStepMs(from, to));
  const { network } = input;
  const variables = await chosenValues(ctx, dashboard, input);
  const { text, values } = expandQuery(panel.rawSql, { network, from, to, stepMs, variables });
  const startedAt = performance.now();
  const rows = await ctx.db.sql<Row>(text, values, { timeoutMs });
  const tookMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const start = new Date(Math.floor(from.getTime() / stepMs) * stepMs);
  const points = Math.ceil((to.getTime() - start.getTime()) / stepMs);
  return { at: at.toISOString(), tookMs, answer: toAnswer(panel, rows, { start, stepMs, points }) };
}

/** A question that groups by the hour itself cannot be drawn finer. */
function stepOf({ rawSql }: Panel, stepMs: number): number {
  return /\$__timeGroup\([^)]*'1h'\)/.test(rawSql) ? 3_600_000 : stepMs;
}

async function chosenValues(
  ctx: Ctx,
  { variables }: Dashboard,
  input: GetPanelInput,
): Promise<Map<string, readonly string[]>> {
  const chosen = variables.map(async (variable) => {
    const values = input.variables[variable.name] ?? (await listOptions(ctx, variable, input.network));
    return [variable.name, values] as const;
  });
  return new Map(await Promise.all(chosen));
}

import { networkByName } from "../../kernel/networks.ts";
import { nextOccurrence, occurrenceAt, type TimeWindow, windowProblem } from "../../kernel/time-window.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { previewMatching } from "../alerts/preview-matching.ts";
import type { MaintenancePreview, PreviewMaintenanceInput } from "./schema.ts";
import { toSpan } from "./state-of-window.ts";
import { likePattern } from "./store.ts";

const shownTimes = 4;

/** What a window would hold now and would have held last week, and when it takes place. */
export async function previewMaintenance(
  ctx: Pick<Ctx, "db" | "clock">,
  { network, rule, names, time }: PreviewMaintenanceInput,
): Promise<MaintenancePreview> {
  const at = ctx.clock.now();
  const matching = await previewMatching(ctx, {
    matches: `network = $1 AND ($2::text IS NULL OR rule = $2) AND ($3::text IS NULL OR subject_name LIKE $3)`,
    values: [networkByName(network).id, rule, names === null ? null : likePattern(names)],
  });
  const problem = time === null ? null : windowProblem(time, at);
  return { ...matching, problem, times: time === null || problem !== null ? [] : timesOf(time, at) };
}

function timesOf(time: TimeWindow, at: Date): MaintenancePreview["times"] {
  const times = [toSpan(occurrenceAt(time, at))].filter((span) => span !== null);
  let from = at;
  while (times.length < shownTimes) {
    const next = nextOccurrence(time, from);
    const span = toSpan(next);
    if (next === null || span === null) break;
    times.push(span);
    from = next.startsAt;
  }
  return times;
}

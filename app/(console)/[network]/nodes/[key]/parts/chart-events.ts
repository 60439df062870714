import type { NodeEvent } from "../../../../../../server/features/nodes/history-schema.ts";
import type { ChartEvent } from "../../../../../_charts/chart-data.ts";

const mostFlags = 8;

/** What happened inside the charts, oldest first, numbered as the bar explains them. Silence is drawn as a gap instead. */
export function chartEvents(events: readonly NodeEvent[], span: { from: number; to: number }): ChartEvent[] {
  return events
    .filter((event) => event.kind !== "silence")
    .map((event) => ({ at: new Date(event.at).getTime(), event }))
    .filter(({ at }) => at >= span.from && at < span.to)
    .sort((a, b) => a.at - b.at)
    .slice(-mostFlags)
    .map(({ at, event }, index) => ({
      at,
      number: index + 1,
      label: event.text,
      tone: event.severity === "warn" ? "warn" : "info",
    }));
}

import type { HostSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import type { ComparisonRow, ViewCell } from "../../../../../../server/features/nodes/schema.ts";
import { formatAge } from "../../../../../_ui/format/duration.ts";

/** Of a node that never reported, under a head that says "node exporter": who speaks for its machine instead, or what is missing for that. */
export function withHostReports(
  views: readonly ComparisonRow[],
  host: Pick<HostSeries, "at" | "from"> | null,
): ComparisonRow[] {
  const reported = host && sourceCell(host);
  return views.map((row) => (row.subject === "source" && reported ? { ...row, reported } : row));
}

function sourceCell({ at, from }: Pick<HostSeries, "at" | "from">): ViewCell | null {
  if (from.kind === "telemetry") return null;
  if (from.kind === "absent") return { kind: "absent", why: from.why };
  const age = formatAge(Math.max(0, Date.parse(at) - Date.parse(from.scrapedAt)));
  const scraped = from.isUp ? `${age} ago` : `silent for ${age}`;
  return { kind: "value", text: `by Prometheus, ${scraped}` };
}

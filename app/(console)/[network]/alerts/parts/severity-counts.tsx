import type { AlertCounts } from "../../../../../server/features/alerts/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { severityLooks } from "./alert-looks.ts";

const order = ["critical", "warning", "info"] as const;

/** What waits in the queue, worst first. */
export function SeverityCounts({ counts }: { counts: AlertCounts["bySeverity"] }) {
  const present = order.filter((severity) => counts[severity] > 0);
  if (present.length === 0) return <span>nothing waits</span>;
  return (
    <span className="flex gap-3">
      {present.map((severity) => {
        const { tone, word } = severityLooks[severity];
        return (
          <span key={severity} className={`t-${tone}`}>
            <Glyph tone={tone} size={9} /> {formatNumber(counts[severity])} {word.toLowerCase()}
          </span>
        );
      })}
    </span>
  );
}

import type { ByStatus } from "../../../../../server/features/clusters/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { stateLooks } from "../../nodes/parts/state-looks.ts";

/** "14" and, beside it, only what is not online; without a total only the latter, or that all are. */
export function StateCounts({ total, byStatus }: { total: number | null; byStatus: ByStatus }) {
  const troubled = byStatus.filter(({ kind, nodes }) => nodes > 0 && kind !== "online");
  return (
    <span className="counts">
      {total !== null && <span>{formatNumber(total)}</span>}
      {total === null && troubled.length === 0 && "all online"}
      {troubled.map(({ kind, nodes }) => {
        const { word, ...look } = stateLooks[kind];
        return (
          <StatusWord key={kind} {...look}>
            {`${nodes} ${word.toLowerCase()}`}
          </StatusWord>
        );
      })}
    </span>
  );
}

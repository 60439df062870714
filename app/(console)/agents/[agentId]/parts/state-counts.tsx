import type { AgentDetail } from "../../../../../server/features/agents/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";

/** How many versions are in which state, in the order in which they pass through them. */
export function StateCounts({ counts }: { counts: AgentDetail["byState"] }) {
  return (
    <>
      {counts
        .filter(({ versions }) => versions > 0)
        .map(({ state, versions }) => `${formatNumber(versions)} ${state}`)
        .join(", ")}
    </>
  );
}

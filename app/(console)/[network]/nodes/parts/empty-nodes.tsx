import type { NodePage } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { Button } from "../../../../_ui/button.tsx";
import type { EmptyStateProps } from "../../../../_ui/empty-state.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";

type Asked = { network: NetworkName; onClear: () => void };

/** Nothing to show: because there is no node yet, or because the filter lets none through. */
export function emptyNodes(page: NodePage, { network, onClear }: Asked): EmptyStateProps | null {
  if (page.rows.length > 0) return null;
  if (page.total === 0)
    return {
      title: `No node on ${network} yet`,
      children:
        "A node appears when the chain registers it, or when its first telemetry or activity comes in from Kafka.",
    };
  return {
    title: "No node matches",
    children: `0 of ${formatNumber(page.total)} nodes on ${network} match this filter.`,
    actions: (
      <Button size="small" onClick={onClear}>
        Clear the filter
      </Button>
    ),
  };
}

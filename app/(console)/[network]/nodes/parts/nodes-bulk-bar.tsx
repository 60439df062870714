"use client";

import GitCompareArrows from "lucide-react/icons/git-compare-arrows";
import Radar from "lucide-react/icons/radar";
import { useRouter } from "next/navigation";
import type { NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { Button } from "../../../../_ui/button.tsx";
import { BulkBar } from "../../../../_ui/table/bulk-bar.tsx";
import { useKey } from "../../../../_ui/use-key.ts";
import { compareHref, compareRefusal } from "./compare-link.ts";
import { useProbe } from "./use-probe.ts";

type NodesBulkBarProps = { network: NetworkName; nodes: readonly NodeRow[]; onClear: () => void };

/** What can be done with the selected nodes. */
export function NodesBulkBar({ network, nodes, onClear }: NodesBulkBarProps) {
  const router = useRouter();
  const { range } = useTimeRange();
  const probe = useProbe(network);
  const refusal = compareRefusal(nodes.length);
  const keys = nodes.map((node) => node.key);
  const compare = () => router.push(compareHref(network, keys, range));
  useKey("c", refusal === null ? compare : null);
  return (
    <BulkBar count={nodes.length} names={nodes.map((node) => node.name).join(", ")} onClear={onClear}>
      <Button size="small" icon={GitCompareArrows} shortcut="c" refused={refusal} onClick={compare}>
        Compare
      </Button>
      <Button
        size="small"
        icon={Radar}
        refused={probe.refusal}
        isBusy={probe.isBusy}
        onClick={() => probe.run(nodes)}
      >
        Probe now
      </Button>
    </BulkBar>
  );
}

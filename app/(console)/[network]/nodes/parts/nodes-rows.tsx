"use client";

import type { NodeLimits } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { NodeCards } from "./node-cards.tsx";
import { NodesTable, type NodesTableProps } from "./nodes-table.tsx";
import { useIsPhone } from "./use-is-phone.ts";

type NodesRowsProps = NodesTableProps & { network: NetworkName; limits: NodeLimits | null };

/** A table where there is room for one, two lines a node where there is not. */
export function NodesRows({ network, limits, ...table }: NodesRowsProps) {
  const isPhone = useIsPhone();
  if (isPhone !== true)
    return (
      <div className="hidden min-h-0 flex-1 flex-col phone:flex">
        <NodesTable {...table} />
      </div>
    );
  if (table.state.kind !== "data" || limits === null)
    return <Panel title="Nodes" state={table.state} isFlush />;
  return <NodeCards network={network} rows={table.rows} limits={limits} />;
}

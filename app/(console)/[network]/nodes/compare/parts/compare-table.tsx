"use client";

import X from "lucide-react/icons/x";
import Link from "next/link";
import type { NodeRow } from "../../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { Swatch } from "../../../../../_charts/legend.tsx";
import { IconButton } from "../../../../../_ui/icon-button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { ScrollX } from "../../../../../_ui/scroll-x.tsx";
import { Segmented } from "../../../../../_ui/segmented.tsx";
import { NodeStateWord } from "../../parts/node-state.tsx";
import { nodeColours } from "./compare-charts.tsx";
import { type ComparedCell, type ComparedRow, compareRows } from "./compare-rows.ts";

type CompareTableProps = {
  network: NetworkName;
  nodes: readonly NodeRow[];
  at: string;
  show: "all" | "differences";
  onShow: (show: "all" | "differences") => void;
  /** Null when no more can be taken out. */
  onRemove: ((key: string) => void) | null;
};

/** Facts and figures of now, a column a node. */
export function CompareTable({ network, nodes, at, show, onShow, onRemove }: CompareTableProps) {
  const rows = compareRows(nodes).filter((row) => show === "all" || row.differs);
  return (
    <Panel
      title="Now"
      sub="what stands apart from the others is marked"
      isFlush
      age={{ at }}
      actions={
        <Segmented
          label="Lines"
          options={[
            { value: "all", label: "All" },
            { value: "differences", label: "Differences" },
          ]}
          value={show}
          onChange={onShow}
        />
      }
    >
      <ScrollX>
        <table className="tbl tbl-fixed tbl-compact min-w-[560px]">
          <thead>
            <tr>
              <th scope="col" style={{ width: 148 }}>
                <span className="sr-only">What</span>
              </th>
              {nodes.map((node, index) => (
                <th key={node.key} scope="col">
                  <span className="flex items-center justify-end gap-2">
                    <Swatch colour={nodeColours[index] ?? "text-3"} mark="box" />
                    <Link href={`/${network}/nodes/${node.key}`} className="truncate font-medium text-1">
                      {node.name}
                    </Link>
                    {onRemove && (
                      <IconButton
                        icon={X}
                        size={12}
                        label={`Take ${node.name} out`}
                        onClick={() => onRemove(node.key)}
                      />
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <CompareRow key={row.label} row={row} nodes={nodes} />
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Panel>
  );
}

function CompareRow({ row, nodes }: { row: ComparedRow; nodes: readonly NodeRow[] }) {
  return (
    <tr>
      <th scope="row" className="sec font-normal">
        {row.label} {row.unit && <span className="u">{row.unit}</span>}
      </th>
      {nodes.map((node, index) => (
        <td key={node.key} className="num">
          {row.label === "Status" ? (
            <NodeStateWord status={node.status} />
          ) : (
            <Compared cell={row.cells[index]} />
          )}
        </td>
      ))}
    </tr>
  );
}

function Compared({ cell }: { cell: ComparedCell | undefined }) {
  if (!cell) return null;
  if (!cell.isOdd) return cell.text;
  return (
    <b className="t-accent" data-tip="Stands apart from the others">
      <span aria-hidden="true">≠ </span>
      {cell.text}
      <span className="sr-only">, stands apart</span>
    </b>
  );
}

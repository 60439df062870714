"use client";

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { Hidden } from "../../../../../../server/features/lineage/schema.ts";
import type { FlowNode } from "./flow-model.ts";
import { subtitleOf, titleOf } from "./node-words.ts";

/** One thing of the graph, and how many of its edges are not drawn on either side. */
export const NodeBox = memo(function NodeBox({ data }: NodeProps<FlowNode>) {
  const { node, isRoot, isOn, onNode, onOpen } = data;
  const title = titleOf(node);
  const open = () => onOpen(node);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        className="lin-node"
        data-root={isRoot || undefined}
        data-state={node.run?.state}
        aria-pressed={isOn}
        onClick={() => onNode(node)}
        data-tip={node.key}
      >
        <span className="text-12">{title}</span>
        <span className="dim text-11">{subtitleOf(node)}</span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
      <More hidden={node.hiddenUp} way="upstream" of={title} onOpen={open} />
      <More hidden={node.hiddenDown} way="downstream" of={title} onOpen={open} />
    </>
  );
});

type MoreProps = { hidden: Hidden; way: "upstream" | "downstream"; of: string; onOpen: () => void };

function More({ hidden, way, of, onOpen }: MoreProps) {
  if (hidden.edges === 0) return null;
  const count = `${hidden.edges}${hidden.isMore ? "+" : ""}`;
  return (
    <button
      type="button"
      className="lin-more"
      data-way={way}
      onClick={onOpen}
      aria-label={`Draw more of ${count} edges ${way} of ${of}`}
    >
      <span>+{count}</span>
    </button>
  );
}

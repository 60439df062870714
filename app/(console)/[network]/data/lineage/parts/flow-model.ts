import { type Edge, MarkerType, type Node } from "@xyflow/react";
import type { GraphEdge, GraphNode, LineageGraph } from "../../../../../../server/features/lineage/schema.ts";
import { box, type GraphShape, type Places } from "../../../../../_client/lineage/graph-layout.ts";
import { cx } from "../../../../../_ui/cx.ts";
import { edgeId } from "./edge-id.ts";

export type ThingData = {
  node: GraphNode;
  isRoot: boolean;
  isOn: boolean;
  onNode: (node: GraphNode) => void;
  onOpen: (node: GraphNode) => void;
};
export type FlowNode = Node<ThingData, "thing">;

type Marks = { node: string | null } & Pick<ThingData, "onNode" | "onOpen">;

/** What the layout has to know of a graph. */
export function shapeOf({ nodes, edges }: LineageGraph): GraphShape {
  return { ids: nodes.map(({ id }) => id), edges: edges.map(({ from, to }) => ({ from, to })) };
}

/** Things that the layout does not know yet wait for the next one. */
export function toFlowNodes({ nodes, root }: LineageGraph, places: Places, marks: Marks): FlowNode[] {
  const { node: on, onNode, onOpen } = marks;
  return nodes.flatMap((node) => {
    const position = places[node.id];
    if (!position) return [];
    const data = { node, isRoot: node.id === root, isOn: node.id === on, onNode, onOpen };
    return [{ id: node.id, type: "thing" as const, position, data, ...box }];
  });
}

export function toFlowEdges({ edges }: LineageGraph, on: string | null): Edge[] {
  return edges.map((edge) => {
    const { from, to, grade } = edge;
    const id = edgeId(edge);
    return {
      id,
      source: from,
      target: to,
      className: cx("lin-edge", `lin-${grade}`, id === on && "lin-on"),
      interactionWidth: 12,
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: arrowColours[grade] },
    };
  });
}

const arrowColours: Record<GraphEdge["grade"], string> = {
  proved: "var(--text-3)",
  recorded: "var(--accent)",
  allocated: "var(--text-3)",
};

"use client";

import { MiniMap, Panel, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useCallback, useEffect, useEffectEvent, useMemo, useRef } from "react";
import type { GraphEdge, GraphNode, LineageGraph } from "../../../../../../server/features/lineage/schema.ts";
import type { Places } from "../../../../../_client/lineage/graph-layout.ts";
import { useGraphLayout } from "../../../../../_client/lineage/use-graph-layout.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { EmptyState } from "../../../../../_ui/empty-state.tsx";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import { edgeId } from "./edge-id.ts";
import { type FlowNode, shapeOf, toFlowEdges, toFlowNodes } from "./flow-model.ts";
import { NodeBox } from "./node-box.tsx";
import { viewOfAll, viewOfRoot, zooms } from "./view-of.ts";

export type GraphFlowProps = {
  graph: LineageGraph;
  edge: string | null;
  node: string | null;
  onEdge: (edge: GraphEdge) => void;
  onNode: (node: GraphNode) => void;
  onOpen: (node: GraphNode) => void;
};

const nodeTypes = { thing: NodeBox };
/** Below it names cannot be read: then the root is shown instead of the whole. */
const legibleZoom = 0.6;
const stepMs = 150;
/** Room for a map of it in the corner, from this many things. */
const mapFrom = 25;

/** Drawn by React Flow, laid out in a worker. A wheel scrolls the page; with Ctrl or ⌘ it zooms. */
export function GraphFlow(props: GraphFlowProps) {
  const { graph } = props;
  const shape = useMemo(() => shapeOf(graph), [graph]);
  const { places, isCurrent, failure } = useGraphLayout(shape);
  if (failure)
    return (
      <EmptyState title="The graph cannot be drawn">{`${failure} The table below has all of it.`}</EmptyState>
    );
  if (!places) return <PanelSkeleton height={520} />;
  return (
    <ReactFlowProvider>
      <Flow {...props} places={places} isLaidOut={isCurrent} />
    </ReactFlowProvider>
  );
}

type FlowProps = GraphFlowProps & { places: Places; isLaidOut: boolean };

function Flow({ graph, places, isLaidOut, edge, node, onEdge, onNode, onOpen }: FlowProps) {
  // A mark on a node must not be a new function each time: every box would be drawn again.
  const open = useLatest(onOpen);
  const choose = useLatest(onNode);
  const nodes = useMemo(
    () => toFlowNodes(graph, places, { node, onNode: choose, onOpen: open }),
    [graph, places, node, choose, open],
  );
  const edges = useMemo(() => toFlowEdges(graph, edge), [graph, edge]);
  const show = useShow(graph.root, places, isLaidOut);
  return (
    <ReactFlow<FlowNode>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onEdgeClick={(_, clicked) => {
        const found = graph.edges.find((candidate) => edgeId(candidate) === clicked.id);
        if (found) onEdge(found);
      }}
      minZoom={zooms.least}
      maxZoom={zooms.most}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnScroll={false}
      preventScrolling={false}
      zoomActivationKeyCode={["Control", "Meta"]}
      deleteKeyCode={null}
      onlyRenderVisibleElements
    >
      <Panel position="top-left">
        <Tools onWhole={show.whole} onRoot={show.root} />
      </Panel>
      {nodes.length >= mapFrom && (
        <MiniMap pannable zoomable ariaLabel="Map of the graph" nodeColor={mapColour} />
      )}
    </ReactFlow>
  );
}

function Tools({ onWhole, onRoot }: { onWhole: () => void; onRoot: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <div className="lin-tools">
      <Button size="small" kind="ghost" onClick={() => void zoomOut({ duration: stepMs })}>
        Smaller
      </Button>
      <Button size="small" kind="ghost" onClick={() => void zoomIn({ duration: stepMs })}>
        Larger
      </Button>
      <Button size="small" kind="ghost" onClick={onWhole}>
        Whole
      </Button>
      <Button size="small" kind="ghost" onClick={onRoot}>
        Start
      </Button>
    </div>
  );
}

function mapColour({ data }: FlowNode): string {
  return data.isRoot ? "var(--accent)" : "var(--text-3)";
}

/** What is looked at first: all of it where its names can be read, else where it starts. Kept while it only grows. */
function useShow(rootId: string, places: Places, isLaidOut: boolean) {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const shown = useRef<string | null>(null);
  const root = viewOfRoot(places, rootId, { width, height });
  const whole = viewOfAll(places, { width, height });
  const showFirst = useEffectEvent(() => setViewport(whole.zoom >= legibleZoom ? whole : root));
  useEffect(() => {
    if (width === 0 || !isLaidOut || shown.current === rootId) return;
    shown.current = rootId;
    void showFirst();
  }, [width, rootId, isLaidOut]);
  return {
    root: () => void setViewport(root, { duration: stepMs }),
    whole: () => void setViewport(whole, { duration: stepMs }),
  };
}

/** One function for the life of the graph that calls the newest. */
function useLatest<Argument>(call: (argument: Argument) => void): (argument: Argument) => void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  return useCallback((argument) => latest.current(argument), []);
}

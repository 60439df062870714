"use client";

import { useMemo, useState } from "react";
import { grades } from "../../../../../../server/features/lineage/graph-rules.ts";
import type {
  GraphEdge,
  GraphNode,
  Hidden,
  LineageGraph,
} from "../../../../../../server/features/lineage/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { edgeId } from "./edge-id.ts";
import { box, layoutGraph, type Placed } from "./graph-layout.ts";
import "./lineage.css";
import { subtitleOf, titleOf } from "./node-words.ts";

type GraphCanvasProps = {
  graph: LineageGraph;
  edge: string | null;
  node: string | null;
  onEdge: (edge: GraphEdge) => void;
  onNode: (node: GraphNode) => void;
  onOpen: (node: GraphNode) => void;
};

const zooms = [0.5, 0.75, 1, 1.25] as const;

/** The graph in columns of hops. The table below says the same for those who do not see it. */
export function GraphCanvas({ graph, edge, node, onEdge, onNode, onOpen }: GraphCanvasProps) {
  const layout = useMemo(() => layoutGraph(graph.nodes, graph.edges), [graph]);
  const [zoom, setZoom] = useState(2);
  const scale = zooms[zoom] ?? 1;
  return (
    <>
      <div className="flex items-center gap-2 px-4 pt-2">
        <Button size="small" kind="ghost" onClick={() => setZoom(Math.max(0, zoom - 1))}>
          Smaller
        </Button>
        <Button size="small" kind="ghost" onClick={() => setZoom(Math.min(zooms.length - 1, zoom + 1))}>
          Larger
        </Button>
        <span className="dim text-12">upstream stands left, downstream right</span>
      </div>
      <section className="lin-canvas" aria-label="Lineage graph">
        <div style={{ width: layout.width * scale, height: layout.height * scale }}>
          <div
            className="lin-plane"
            style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}
          >
            <svg width={layout.width} height={layout.height} aria-hidden="true">
              <Arrows />
              {layout.edges.map(({ edge: drawn, path }) => (
                <g key={edgeId(drawn)}>
                  <path
                    className="lin-edge"
                    d={path}
                    data-grade={drawn.grade}
                    data-on={edgeId(drawn) === edge || undefined}
                    markerEnd={`url(#lin-${drawn.grade})`}
                  />
                  {/* biome-ignore lint/a11y/noStaticElementInteractions: the table has a button for each edge */}
                  <path className="lin-hit" d={path} onClick={() => onEdge(drawn)} />
                </g>
              ))}
            </svg>
            {layout.placed.map((place) => (
              <NodeBox
                key={place.node.id}
                place={place}
                isRoot={place.node.id === graph.root}
                isOn={place.node.id === node}
                onNode={onNode}
                onOpen={onOpen}
              />
            ))}
          </div>
        </div>
      </section>
    </>
  );
}

function Arrows() {
  return (
    <defs>
      {grades.map((grade) => (
        <marker
          key={grade}
          id={`lin-${grade}`}
          viewBox="0 0 8 8"
          refX="6"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0,0 L8,4 L0,8 z" fill={grade === "recorded" ? "var(--accent)" : "var(--text-3)"} />
        </marker>
      ))}
    </defs>
  );
}

type NodeBoxProps = {
  place: Placed;
  isRoot: boolean;
  isOn: boolean;
  onNode: (node: GraphNode) => void;
  onOpen: (node: GraphNode) => void;
};

function NodeBox({ place: { node, x, y }, isRoot, isOn, onNode, onOpen }: NodeBoxProps) {
  return (
    <>
      <button
        type="button"
        className="lin-node"
        style={{ left: x, top: y, width: box.width, height: box.height }}
        data-root={isRoot || undefined}
        data-state={node.run?.state}
        aria-pressed={isOn}
        onClick={() => onNode(node)}
        data-tip={node.key}
      >
        <span className="text-12">{titleOf(node)}</span>
        <span className="dim text-11">{subtitleOf(node)}</span>
      </button>
      {node.hiddenUp.edges > 0 && (
        <More
          hidden={node.hiddenUp}
          way="upstream"
          style={{ right: `calc(100% - ${x - 4}px)`, top: y + 12 }}
          onOpen={() => onOpen(node)}
          of={titleOf(node)}
        />
      )}
      {node.hiddenDown.edges > 0 && (
        <More
          hidden={node.hiddenDown}
          way="downstream"
          style={{ left: x + box.width + 4, top: y + 12 }}
          onOpen={() => onOpen(node)}
          of={titleOf(node)}
        />
      )}
    </>
  );
}

type MoreProps = {
  hidden: Hidden;
  way: string;
  of: string;
  style: { left?: number; right?: string; top: number };
  onOpen: () => void;
};

function More({ hidden, way, of, style, onOpen }: MoreProps) {
  const count = `${hidden.edges}${hidden.isMore ? "+" : ""}`;
  return (
    <button
      type="button"
      className="lin-more"
      style={style}
      onClick={onOpen}
      aria-label={`Draw more of ${count} edges ${way} of ${of}`}
    >
      +{count}
    </button>
  );
}

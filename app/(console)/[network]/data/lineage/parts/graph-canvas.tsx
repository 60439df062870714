"use client";

import { lazy, Suspense } from "react";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import type { GraphFlowProps } from "./graph-flow.tsx";
import "./lineage.css";

// Drawing comes apart from the page: the bar and the table are there before it.
const GraphFlow = lazy(() => import("./graph-flow.tsx").then((module) => ({ default: module.GraphFlow })));

/** The graph. The table below it says the same for those who do not see it. */
export function GraphCanvas(props: GraphFlowProps) {
  return (
    <section className="lin-canvas" aria-label="Lineage graph">
      <Suspense fallback={<PanelSkeleton height={520} />}>
        <GraphFlow {...props} />
      </Suspense>
    </section>
  );
}

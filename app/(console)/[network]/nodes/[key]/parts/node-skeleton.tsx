import { ChartSkeleton } from "../../../../../_charts/chart-skeleton.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { Skeleton } from "../../../../../_ui/skeleton.tsx";

/** The page in grey, in the measures of the real one. */
export function NodeSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only" role="status">
        Loading the node
      </span>
      <div className="phead">
        <Skeleton width={120} height={18} />
        <Skeleton width={72} height={18} />
        <Skeleton width={260} />
      </div>
      <div className="tabs items-center">
        {[52, 64, 40, 28].map((width) => (
          <Skeleton key={width} width={width} />
        ))}
      </div>
      <Sheet columns="minmax(0, 838fr) minmax(0, 393fr)">
        <Panel
          title="Three views of this node"
          state={{ kind: "pending" }}
          skeleton={<PanelSkeleton height={302} />}
        />
        <Panel
          title="Risk of a penalty"
          state={{ kind: "pending" }}
          skeleton={<PanelSkeleton height={302} />}
        />
      </Sheet>
      <Sheet columns="minmax(0, 430fr) minmax(0, 802fr)">
        <Panel title="Operations" state={{ kind: "pending" }} skeleton={<ChartSkeleton height={206} />} />
        <Panel title="Latency" state={{ kind: "pending" }} skeleton={<ChartSkeleton height={206} />} />
      </Sheet>
    </div>
  );
}

import { Panel } from "../../../_ui/panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";

const vitals = ["Operations", "Latency p99", "Stored", "Nodes heard", "Indexed"];

/** The leading figures while they load, in their final height. */
export function OverviewSkeleton() {
  return (
    <Sheet columns="repeat(5, minmax(0, 1fr))" hasFigures>
      {vitals.map((title) => (
        <Panel
          key={title}
          title={title}
          state={{ kind: "pending" }}
          skeleton={
            <div className="grid h-11 content-center gap-2">
              <Skeleton width="52%" height={18} />
              <Skeleton width="74%" />
            </div>
          }
        />
      ))}
    </Sheet>
  );
}

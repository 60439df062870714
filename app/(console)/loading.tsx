import { PanelSkeleton } from "../_ui/panel-skeleton.tsx";
import { Skeleton } from "../_ui/skeleton.tsx";

export default function Loading() {
  return (
    <div aria-busy="true">
      <div className="phead">
        <Skeleton width={120} height={14} />
      </div>
      <div className="sheet">
        <div className="panel">
          <PanelSkeleton height={240} />
        </div>
      </div>
    </div>
  );
}

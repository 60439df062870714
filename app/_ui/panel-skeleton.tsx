import { Skeleton } from "./skeleton.tsx";

/** A panel of unknown content; `height` is that of the body it stands for. */
export function PanelSkeleton({ height = 132 }: { height?: number }) {
  return (
    <div className="grid content-center gap-2" style={{ minHeight: height }}>
      <Skeleton width="38%" />
      <Skeleton width="100%" height={Math.max(16, height - 68)} />
      <Skeleton width="64%" />
    </div>
  );
}

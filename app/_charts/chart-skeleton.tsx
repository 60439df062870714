import { Skeleton } from "../_ui/skeleton.tsx";

/** A chart while it loads, in its final height. */
export function ChartSkeleton({ height }: { height: number }) {
  return (
    <div className="mt-auto grid gap-2">
      <Skeleton width="46%" />
      <Skeleton width="100%" height={height} />
    </div>
  );
}

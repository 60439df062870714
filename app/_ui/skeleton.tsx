/** A grey bar where text will stand. Give it the measures of what it stands for, so that nothing moves later. */
export function Skeleton({ width, height = 8 }: { width: number | string; height?: number | string }) {
  return <span className="skel" style={{ width, height }} aria-hidden="true" />;
}

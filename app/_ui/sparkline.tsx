type SparklineProps = {
  /** Equally spaced; null is a gap. */
  values: readonly (number | null)[];
  /** What it shows, for people who cannot see it; leave out beside a figure that says the same. */
  label?: string;
  width?: number;
  height?: number;
  tone?: "idle" | "accent" | "warn" | "crit";
  hasArea?: boolean;
  /** The same scale for several: otherwise its own smallest and greatest value. */
  range?: readonly [min: number, max: number];
};

const colours = {
  idle: "var(--text-3)",
  accent: "var(--cat-1)",
  warn: "var(--warn-mark)",
  crit: "var(--crit-mark)",
};

/** A trend in a cell: no axis, gaps stay gaps, a dot where it ends. */
export function Sparkline({
  values,
  label,
  width = 60,
  height = 18,
  tone = "idle",
  hasArea,
  range,
}: SparklineProps) {
  const points = placePoints(values, { width, height }, range);
  const runs = runsOf(points);
  const last = points.findLast((point) => point !== null);
  const colour = colours[tone];
  return (
    <svg
      className="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {hasArea &&
        runs.map((run) => (
          <path
            key={`area-${run[0]?.x}`}
            d={`${lineOf(run)}V${height}H${run[0]?.x}Z`}
            fill={colour}
            opacity={0.2}
          />
        ))}
      {runs.map((run) => (
        <path
          key={run[0]?.x}
          d={lineOf(run)}
          fill="none"
          stroke={colour}
          strokeWidth={1.25}
          strokeLinejoin="round"
        />
      ))}
      {last && <circle cx={last.x} cy={last.y} r={1.75} fill={colour} />}
    </svg>
  );
}

type Point = { x: number; y: number };

function placePoints(
  values: readonly (number | null)[],
  size: { width: number; height: number },
  range: readonly [number, number] | undefined,
): (Point | null)[] {
  const known = values.filter((value) => value !== null);
  const [min, max] = range ?? [Math.min(...known), Math.max(...known)];
  const pad = 2;
  const step = (size.width - 2 * pad) / Math.max(1, values.length - 1);
  const span = max - min || 1;
  const flat = max === min ? 0.5 : null;
  return values.map((value, index) => {
    if (value === null) return null;
    const share = flat ?? Math.min(1, Math.max(0, (value - min) / span));
    return { x: round(pad + index * step), y: round(size.height - pad - share * (size.height - 2 * pad)) };
  });
}

/** Unbroken stretches: a line never crosses a gap. */
function runsOf(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const point of points) {
    if (point) {
      if (run.length === 0) runs.push(run);
      run.push(point);
    } else run = [];
  }
  return runs;
}

function lineOf(run: readonly Point[]): string {
  const [first, ...rest] = run;
  if (!first) return "";
  if (rest.length === 0) return `M${first.x} ${first.y}h.01`;
  return `M${first.x} ${first.y}${rest.map(({ x, y }) => `L${x} ${y}`).join("")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

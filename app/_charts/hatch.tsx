export const hatchFill = "url(#chart-hatch)";

/** The ground of a gap. Every chart defines it: equal definitions under one id do not disturb each other. */
export function HatchPattern() {
  return (
    <defs>
      <pattern
        id="chart-hatch"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line x1="0" y1="0" x2="0" y2="5" stroke="var(--gap-hatch)" strokeWidth="1.6" />
      </pattern>
    </defs>
  );
}

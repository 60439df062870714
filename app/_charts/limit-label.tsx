import type { Limit } from "./chart-data.ts";

type Box = { x?: number; y?: number };

const fills = { warn: "var(--warn)", crit: "var(--crit)", idle: "var(--text-3)" };

/** The value of a limit, written on its line at the left. Recharts hands in the box of the line. */
export function LimitLabel({ text, tone, viewBox }: { text: string; tone: Limit["tone"]; viewBox?: Box }) {
  return (
    <text x={(viewBox?.x ?? 0) + 4} y={(viewBox?.y ?? 0) - 5} style={{ fill: fills[tone] }}>
      {text}
    </text>
  );
}

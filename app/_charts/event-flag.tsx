import type { ChartEvent } from "./chart-data.ts";

type Box = { x?: number; y?: number };

const colours = { info: "var(--info)", warn: "var(--warn)", crit: "var(--crit)", idle: "var(--text-3)" };

/** A numbered flag over the plot; the page explains the number once. Recharts hands in the box of the line. */
export function EventFlag({ event, viewBox }: { event: ChartEvent; viewBox?: Box }) {
  const colour = colours[event.tone];
  const x = (viewBox?.x ?? 0) - 6;
  const y = (viewBox?.y ?? 0) - 14;
  return (
    <g>
      <title>{`${event.number}: ${event.label}`}</title>
      <rect x={x} y={y} width={12} height={12} rx={2} fill="var(--canvas)" stroke={colour} />
      <text className="event-n" x={x + 6} y={y + 9} textAnchor="middle" style={{ fill: colour }}>
        {event.number}
      </text>
    </g>
  );
}

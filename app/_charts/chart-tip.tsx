import { type LegendItem, Swatch } from "./legend.tsx";

export type TipRow = Partial<Pick<LegendItem, "colour" | "mark">> & {
  id: string;
  label: string;
  value: string;
};

/** What stands under the crosshair, from top to bottom as drawn. */
export function ChartTip({ time, unit, rows }: { time: string; unit: string; rows: readonly TipRow[] }) {
  return (
    <div className="ctip">
      <div className="ctip-h">
        <span>{time}</span>
        <span>{unit}</span>
      </div>
      {rows.map((row) => (
        <div key={row.id} className="ctip-r">
          {row.colour && <Swatch colour={row.colour} mark={row.mark ?? "line"} />}
          {row.label}
          <b>{row.value}</b>
        </div>
      ))}
    </div>
  );
}

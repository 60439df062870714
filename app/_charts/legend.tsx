import { cx } from "../_ui/cx.ts";
import type { ChartColour } from "./chart-data.ts";

export type LegendItem = {
  id: string;
  label: string;
  colour: ChartColour;
  mark: "line" | "box" | "dash" | "dot";
  /** The newest value, formatted. */
  value: string;
};

/** Above the plot, with the newest values: most charts need no hover. */
export function Legend({ items, hasGaps }: { items: readonly LegendItem[]; hasGaps: boolean }) {
  return (
    <ul className="legend">
      {items.map((item) => (
        <li key={item.id} className="lg">
          <Swatch colour={item.colour} mark={item.mark} />
          {item.label} <b>{item.value}</b>
        </li>
      ))}
      {hasGaps && (
        <li className="lg">
          <i className="sw sw-hatch" />
          no data
        </li>
      )}
    </ul>
  );
}

export function Swatch({ colour, mark }: Pick<LegendItem, "colour" | "mark">) {
  const style: Record<string, string> = { "--c": `var(--${colour})` };
  return <i className={cx("sw", mark !== "line" && `sw-${mark}`)} style={style} />;
}

import { cx } from "./cx.ts";
import { NoReading } from "./figure.tsx";
import { noReading } from "./format/number.ts";

type ReadingProps = {
  /** Already formatted; "·" when there is no reading. */
  value: string;
  unit?: string;
  /** Set when a limit is passed: marked by a triangle, not by colour alone. */
  over?: "warn" | "crit" | null;
};

/** A figure in a cell or a sentence. */
export function Reading({ value, unit, over }: ReadingProps) {
  if (value === noReading) return <NoReading />;
  return (
    <span className={cx(over && "over", over === "crit" && "over-crit")}>
      {value}
      {unit && <span className="u"> {unit}</span>}
    </span>
  );
}

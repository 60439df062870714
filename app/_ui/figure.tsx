import type { ReactNode } from "react";
import { noReading } from "./format/number.ts";

type FigureProps = {
  /** Already formatted; "·" when there is no reading. */
  value: string;
  unit?: string;
  /** What it is a share of, or the parts it is made of. */
  sub?: ReactNode;
};

/** The one leading figure of a panel, its unit small beside it. */
export function Figure({ value, unit, sub }: FigureProps) {
  return (
    <div>
      <span className="fig">
        {value === noReading ? <NoReading /> : value}
        {unit && <small>{unit}</small>}
      </span>
      {sub !== undefined && <div className="figsub">{sub}</div>}
    </div>
  );
}

export function NoReading() {
  return (
    <span className="na">
      <span aria-hidden="true">{noReading}</span>
      <span className="sr-only">no reading</span>
    </span>
  );
}

import type { CSSProperties, ReactNode } from "react";
import { cx } from "./cx.ts";

type SheetProps = {
  /** Widths of the columns as CSS grid tracks: "2fr 1fr". One column on narrow screens. */
  columns?: string;
  /** Leading figures: two abreast on a phone. */
  hasFigures?: boolean;
  children: ReactNode;
};

/** A ruled sheet that panels divide. */
export function Sheet({ columns, hasFigures, children }: SheetProps) {
  const style: CSSProperties & { "--sheet-cols"?: string } = columns ? { "--sheet-cols": columns } : {};
  return (
    <div className={cx("sheet", hasFigures && "sheet-figures")} style={style}>
      {children}
    </div>
  );
}

import { cx } from "./cx.ts";

type MeterProps = {
  /** 0 to 1; null draws an empty bar and says that nothing is known. */
  ratio: number | null;
  /** What fills: "disk". */
  label: string;
  tone?: "warn" | "crit" | null;
  width?: number;
};

/** How full something is. The figure stands beside it. */
export function Meter({ ratio, label, tone, width = 40 }: MeterProps) {
  const percent = ratio === null ? 0 : Math.round(Math.min(1, Math.max(0, ratio)) * 100);
  return (
    <span
      className={cx("meter", tone && `meter-${tone}`)}
      role="img"
      aria-label={ratio === null ? `${label} unknown` : `${label} ${percent} %`}
      style={{ width }}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}

import { cx } from "../_ui/cx.ts";

export type ChartTableProps = {
  label: string;
  height: number;
  /** "Time UTC" and then the series with their unit. */
  heads: readonly string[];
  /** Newest first; the first cell is the time. */
  rows: readonly (readonly string[])[];
};

/** The same data for reading, copying, and for people who do not see charts. */
export function ChartTable({ label, height, heads, rows }: ChartTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="chart-table" style={{ height }} aria-label={label} tabIndex={0}>
      <table className="tbl tbl-compact" aria-label={label}>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} scope="col" className={cx(index > 0 && "num")}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([time, ...values]) => (
            <tr key={time}>
              <th scope="row">{time}</th>
              {values.map((value, index) => (
                <td key={heads[index + 1]} className="num">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

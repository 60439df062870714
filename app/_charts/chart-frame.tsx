"use client";

import ChartLine from "lucide-react/icons/chart-line";
import Table2 from "lucide-react/icons/table-2";
import { type ReactNode, useId, useMemo, useState } from "react";
import { IconButton } from "../_ui/icon-button.tsx";
import { ChartOverlay, type TipAt } from "./chart-overlay.tsx";
import { ChartTable, type ChartTableProps } from "./chart-table.tsx";
import type { Plot } from "./scale.ts";
import { useSize } from "./use-size.ts";

export type ChartCommonProps = {
  /** Its name: "Operations per second". */
  label: string;
  height?: number;
  /** Charts with the same name share their crosshair. */
  syncId?: string;
  /** A page that switches all its charts at once gives them another `key` with it. */
  startsAsTable?: boolean;
  /** Dragging over the chart chooses a range. */
  onZoom?: (from: Date, to: Date) => void;
};

type ChartFrameProps = ChartCommonProps & {
  span: { from: number; to: number };
  legend: ReactNode;
  axisWidth: number;
  plotOf: (size: { width: number; height: number }, axisWidth: number) => Plot;
  /** Draws for a size; it is not called again while the pointer moves. */
  draw: (size: { width: number; height: number }, plot: Plot) => ReactNode;
  tipAt: TipAt;
  /** Where the dots of the crosshair stand: a share of the height from the bottom, and a colour. */
  dotsAt?: (at: number) => { share: number; colour: string }[];
  /** The rows are written when the table is shown. */
  table: Pick<ChartTableProps, "heads"> & { rows: () => ChartTableProps["rows"] };
};

/** What all charts have in common: legend, crosshair, tip, zoom by dragging, and the same data as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { label, height = 168, legend, axisWidth, plotOf, draw, table } = props;
  const chartId = useId();
  const [ref, size] = useSize();
  const [isTable, setTable] = useState(props.startsAsTable === true);
  const plot = useMemo(() => size && plotOf(size, axisWidth), [size, axisWidth, plotOf]);
  return (
    <div className="chart">
      <div className="chart-head">
        {legend}
        <IconButton
          icon={isTable ? ChartLine : Table2}
          label={isTable ? `${label} as a chart` : `${label} as a table`}
          className="-my-1"
          onClick={() => setTable(!isTable)}
        />
      </div>
      {isTable ? (
        <ChartTable label={label} height={height} heads={table.heads} rows={table.rows()} />
      ) : (
        <div
          ref={ref}
          className="chart-plot"
          style={{ flex: `1 0 ${height}px`, minHeight: height }}
          role="img"
          aria-label={label}
        >
          {size && plot && draw(size, plot)}
          {plot && (
            <ChartOverlay
              chartId={chartId}
              group={props.syncId ?? chartId}
              plot={plot}
              span={props.span}
              tipAt={props.tipAt}
              {...(props.dotsAt && { dotsAt: props.dotsAt })}
              {...(props.onZoom && { onZoom: props.onZoom })}
            />
          )}
        </div>
      )}
    </div>
  );
}

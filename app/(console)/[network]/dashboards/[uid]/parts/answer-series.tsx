import { useMemo } from "react";
import type { Panel, PanelData } from "../../../../../../server/features/dashboards/schema.ts";
import { chartColours } from "../../../../../_charts/chart-data.ts";
import { TimeSeries } from "../../../../../_charts/time-series.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { lookOf } from "./panel-units.ts";

type AnswerSeriesProps = {
  panel: Panel;
  answer: Extract<PanelData["answer"], { kind: "series" }>;
  onZoom: (from: Date, to: Date) => void;
};

export function AnswerSeries({ panel, answer, onZoom }: AnswerSeriesProps) {
  const { unit, format } = lookOf(panel.unit);
  const steps = { start: Date.parse(answer.start), stepMs: answer.stepMs, points: answer.points };
  const series = useMemo(
    () =>
      answer.series.map(({ label, values }, index) => ({
        id: label,
        label,
        values,
        colour: chartColours[index] ?? "text-3",
      })),
    [answer.series],
  );
  return (
    <>
      <TimeSeries
        label={panel.title}
        unit={unit}
        steps={steps}
        series={series}
        form={panel.isStacked ? "area" : "line"}
        format={format}
        syncId="dashboard"
        height={180}
        onZoom={onZoom}
        {...(panel.max !== null && { max: panel.max })}
        {...(panel.limit !== null && {
          limits: [{ value: panel.limit, label: format(panel.limit), tone: "crit" as const }],
        })}
      />
      {answer.left > 0 && (
        <p className="dim text-12">
          {formatNumber(answer.left)} more series are not drawn; choose fewer values.
        </p>
      )}
    </>
  );
}

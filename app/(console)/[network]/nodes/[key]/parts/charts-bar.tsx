"use client";

import type { NodeSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import type { ChartEvent } from "../../../../../_charts/chart-data.ts";
import { useCrosshair } from "../../../../../_charts/crosshair.ts";
import { formatDuration } from "../../../../../_ui/format/duration.ts";
import { formatClock, formatSpan } from "../../../../../_ui/format/time.ts";
import { Segmented } from "../../../../../_ui/segmented.tsx";
import { useZone } from "../../../../../_ui/zone.ts";

type ChartsBarProps = {
  series: NodeSeries | undefined;
  events: readonly ChartEvent[];
  range: { from: string; to: string };
  onRange: (range: { from: string; to: string }) => void;
  as: "charts" | "tables";
  onAs: (as: "charts" | "tables") => void;
};

const spans: readonly { value: string; label: string }[] = [
  { value: "now-1h", label: "1 h" },
  { value: "now-3h", label: "3 h" },
  { value: "now-24h", label: "24 h" },
  { value: "now-7d", label: "7 d" },
  { value: "now-1y", label: "1 y" },
];

/** Over the charts: the range and its steps, the crosshair, and what the numbered flags and the hatching mean. */
export function ChartsBar({ series, events, range, onRange, as, onAs }: ChartsBarProps) {
  return (
    <div className="bar">
      {series && <RangeWords series={series} />}
      <Flags events={events} />
      <span className="ml-auto flex items-center gap-1.5 py-1.5">
        <Segmented
          label="Range"
          options={spans}
          value={range.to === "now" ? range.from : ""}
          onChange={(from) => onRange({ from, to: "now" })}
        />
        <Segmented
          label="Shown as"
          options={[
            { value: "charts", label: "Charts" },
            { value: "tables", label: "Tables" },
          ]}
          value={as}
          onChange={onAs}
        />
      </span>
    </div>
  );
}

function RangeWords({ series }: { series: NodeSeries }) {
  const zone = useZone();
  const { from, to, stepMs } = series.steps;
  const crosshair = useCrosshair("node");
  return (
    <>
      <b className="text-12">{formatSpan(new Date(from), new Date(to), zone)}</b>
      <span className="dim text-12">
        {formatDuration(stepMs)} steps
        {crosshair && (
          <>
            , crosshair at <b className="sec">{formatClock(new Date(crosshair.at), zone)}</b>
          </>
        )}
      </span>
      {series.gaps.length > 0 && (
        <span className="dim ml-2 inline-flex items-center gap-1.5 text-12">
          <i className="sw sw-hatch" />
          {gapWords(series)}
        </span>
      )}
    </>
  );
}

function gapWords({ gaps }: NodeSeries): string {
  const [first, ...others] = gaps;
  if (!first) return "";
  const ms = new Date(first.to).getTime() - new Date(first.from).getTime();
  const words = `no ${first.source} for ${formatDuration(ms)}`;
  return others.length === 0 ? words : `${words} and ${others.length} more`;
}

function Flags({ events }: { events: readonly ChartEvent[] }) {
  const zone = useZone();
  return events.map((event) => (
    <span key={event.number} className="dim ml-2 inline-flex items-center gap-1.5 text-12">
      <FlagMark event={event} />
      {event.label} {formatClock(new Date(event.at), zone)}
    </span>
  ));
}

function FlagMark({ event }: { event: ChartEvent }) {
  return (
    <span
      className={`inline-grid h-3 min-w-3 place-items-center rounded-[2px] border border-current text-[9px] leading-none t-${event.tone}`}
    >
      {event.number}
    </span>
  );
}

"use client";

import { type PointerEvent, useState } from "react";
import { ChartTip, type TipRow } from "./chart-tip.tsx";
import { moveCrosshair, useCrosshair } from "./crosshair.ts";
import type { Plot } from "./scale.ts";

type ChartOverlayProps = {
  chartId: string;
  group: string;
  plot: Plot;
  span: { from: number; to: number };
  tipAt: TipAt;
  dotsAt?: (at: number) => { share: number; colour: string }[];
  onZoom?: (from: Date, to: Date) => void;
};

/** What the tip says at a moment and height (a share of the plot from its bottom); null = nothing stands there. */
export type TipAt = (
  at: number,
  share: number,
) => { at: number; time: string; unit: string; rows: TipRow[] } | null;

/** Less than this is a click, not a choice. */
const leastDragPx = 6;
const tipWidth = 200;

/** Crosshair, tip and the chosen range, over the drawing. */
export function ChartOverlay({ chartId, group, plot, span, tipAt, dotsAt, onZoom }: ChartOverlayProps) {
  const crosshair = useCrosshair(group);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const perMs = plot.width / (span.to - span.from);
  const xOf = (at: number) => plot.left + (at - span.from) * perMs;
  const timeAt = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return span.from + Math.min(plot.width, Math.max(0, x)) / perMs;
  };
  const tip = crosshair && tipAt(crosshair.at, crosshair.share);
  const release = () => {
    setDrag(null);
    if (!drag || Math.abs(drag.to - drag.from) * perMs < leastDragPx) return;
    onZoom?.(new Date(Math.min(drag.from, drag.to)), new Date(Math.max(drag.from, drag.to)));
  };
  return (
    <>
      <div
        className="absolute touch-pan-y"
        style={{
          left: plot.left,
          top: 0,
          width: plot.width,
          height: plot.top + plot.height,
          cursor: onZoom ? "crosshair" : "default",
        }}
        onPointerMove={(event) => {
          const at = timeAt(event);
          moveCrosshair(group, { at, share: shareAt(event, plot), chartId });
          if (drag) setDrag({ ...drag, to: at });
        }}
        onPointerLeave={() => !drag && moveCrosshair(group, null)}
        onPointerDown={(event) => {
          if (!onZoom || event.button !== 0 || event.pointerType === "touch") return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: timeAt(event), to: timeAt(event) });
        }}
        onPointerUp={release}
        onPointerCancel={() => setDrag(null)}
      />
      {tip && (
        <div className="chart-cross" style={{ left: xOf(tip.at), top: plot.top, height: plot.height }}>
          {dotsAt?.(tip.at).map((dot) => (
            <i
              key={`${dot.colour}${dot.share}`}
              style={{ bottom: `${dot.share * 100}%`, background: dot.colour }}
            />
          ))}
        </div>
      )}
      {drag && (
        <div
          className="chart-drag"
          style={{
            left: xOf(Math.min(drag.from, drag.to)),
            width: Math.abs(drag.to - drag.from) * perMs,
            top: plot.top,
            height: plot.height,
          }}
        />
      )}
      {tip && crosshair.chartId === chartId && !drag && (
        <div className="chart-float" style={tipPlace(xOf(tip.at), plot)}>
          <ChartTip time={tip.time} unit={tip.unit} rows={tip.rows} />
        </div>
      )}
    </>
  );
}

function shareAt(event: PointerEvent<HTMLElement>, plot: Plot): number {
  const y = event.clientY - event.currentTarget.getBoundingClientRect().top - plot.top;
  return Math.min(1, Math.max(0, 1 - y / plot.height));
}

/** Beside the crosshair, on the side that has room. */
function tipPlace(x: number, plot: Plot) {
  const isRight = x + tipWidth > plot.left + plot.width;
  return { top: plot.top + 4, ...(isRight ? { right: `calc(100% - ${x - 12}px)` } : { left: x + 12 }) };
}

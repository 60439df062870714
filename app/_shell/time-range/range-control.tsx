"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { lazy, Suspense, useEffect, useEffectEvent } from "react";
import { defaultFrom, resolveTimeRange } from "../../../server/kernel/time-range.ts";
import { formatSpan } from "../../_ui/format/time.ts";
import { IconButton } from "../../_ui/icon-button.tsx";
import { isTyping } from "../../_ui/is-typing.ts";
import { useNow } from "../../_ui/now.tsx";
import { Popover } from "../../_ui/popover.tsx";
import { usePreferences } from "../use-preferences.ts";
import { presetLabel, type RangeText } from "./presets.ts";
import { stepRange } from "./step-range.ts";
import { readRange, useDrawnRange, useTimeRange } from "./use-time-range.ts";

const loadForm = () => import("./range-form.tsx");
const RangeForm = lazy(() => loadForm().then((module) => ({ default: module.RangeForm })));

/** The page's time range: what it is, one span back and forward ([ and ]), and any other. */
export function RangeControl() {
  const { range, typed, asOf, setRange, setMoment } = useTimeRange();
  const { zone, chooseZone } = usePreferences();
  const now = new Date(useNow());
  const shown = shownRange(range, now);
  const step = (direction: "back" | "forward") => {
    const here = readRange();
    const from = shownRange(here.range, now);
    setRange(stepRange(from, direction, here.asOf === null ? now : from.to));
  };
  const isLive = range.to === "now";
  useStepKeys(step);
  useDrawnRange();
  const label = presetLabel(range);
  const span = formatSpan(shown.from, shown.to, zone);
  return (
    <div className="rangegroup">
      <IconButton icon={ChevronLeft} label="One span back  [" onClick={() => step("back")} />
      <Popover
        label="Time range"
        align="end"
        isWide
        trigger={(trigger) => (
          <button type="button" className="range" {...trigger}>
            <span className="sr-only">Time range: </span>
            {label ?? span}
            {label && <span className="range-abs">{span}</span>}
          </button>
        )}
      >
        {(close) => (
          <Suspense fallback={<div className="range-pop h-50" />}>
            <RangeForm
              range={typed}
              asOf={asOf}
              zone={zone}
              onZone={chooseZone}
              onChoose={(next, at) => {
                setMoment(next, at);
                close();
              }}
            />
          </Suspense>
        )}
      </Popover>
      <IconButton
        icon={ChevronRight}
        label="One span forward  ]"
        refused={isLive ? "it ends now" : null}
        onClick={() => step("forward")}
      />
    </div>
  );
}

/** A damaged address still shows something: the default range; the panels say what is wrong with it. */
function shownRange(range: RangeText, now: Date): { from: Date; to: Date } {
  try {
    return resolveTimeRange(range, now);
  } catch {
    return resolveTimeRange({ from: defaultFrom, to: "now" }, now);
  }
}

function useStepKeys(step: (direction: "back" | "forward") => void) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "[") step("back");
    if (event.key === "]") step("forward");
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

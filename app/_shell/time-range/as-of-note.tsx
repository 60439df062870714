"use client";

import { Button } from "../../_ui/button.tsx";
import { formatInstant } from "../../_ui/format/time.ts";
import { Glyph } from "../../_ui/glyph.tsx";
import { useZone } from "../../_ui/zone.ts";
import { useTimeRange } from "./use-time-range.ts";

/** Over every page that is seen as of a moment: what that changes, what has no past, and the way back. */
export function AsOfNote() {
  const { asOf, typed, setMoment } = useTimeRange();
  const zone = useZone();
  if (asOf === null) return null;
  const at = new Date(asOf);
  const isTime = !Number.isNaN(at.getTime());
  return (
    <div className="banner banner-info" role="status">
      <Glyph tone="info" size={12} />
      <span>
        <b>{isTime ? `As of ${formatInstant(at, zone)}` : `“${asOf.slice(0, 40)}” is no time`}</b>{" "}
        <span className="sec">
          {isTime
            ? "What has a time ends there. States, limits and settings have no past here: they are of now."
            : "Write it like 2026-07-14T03:31:08Z."}
        </span>
      </span>
      <div className="banner-acts">
        <Button size="small" onClick={() => setMoment(typed, null)}>
          Back to now
        </Button>
      </div>
    </div>
  );
}

import type { ReactNode } from "react";
import type { Maintenance } from "../../../server/features/maintenance/schema.ts";
import { Time } from "../../_ui/time.tsx";

type WindowStateProps = {
  window: Pick<Maintenance, "state" | "current" | "next" | "closesAt" | "endedBy">;
  /** What it is called while it runs. */
  running: ReactNode;
};

/** Where a window of time is: running until, beginning at, over since or ended by somebody. */
export function WindowState({
  window: { state, current, next, closesAt, endedBy },
  running,
}: WindowStateProps) {
  if (state === "running")
    return (
      <>
        {running}{" "}
        <span className="sec">
          ends <Time at={current?.endsAt ?? closesAt} isQuiet />
        </span>
      </>
    );
  if (state === "upcoming")
    return (
      <span className="sec">
        begins <Time at={next?.startsAt ?? null} isQuiet />
      </span>
    );
  return (
    <span className="dim">
      {endedBy === null ? "over" : `ended by ${endedBy}`} <Time at={closesAt} isQuiet />
    </span>
  );
}

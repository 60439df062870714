"use client";

import Pause from "lucide-react/icons/pause";
import { useLiveState } from "../_client/live/live-provider.tsx";
import { Icon } from "../_ui/icon.tsx";

const words = {
  live: "Live",
  connecting: "Connecting",
  reconnecting: "Reconnecting",
  signed_out: "Signed out",
  paused: "Paused",
};

const tips = {
  live: "Figures move by themselves. Press to hold them still.",
  connecting: "The live connection is being opened.",
  reconnecting: "The live connection is lost; it comes back by itself and loads what was missed.",
  signed_out: "The session ended. Sign in again.",
  paused: "Nothing moves. Press to go on and load what was missed.",
};

/** Holds every figure of the page still, and lets it go again. */
export function LiveToggle() {
  const live = useLiveState();
  const isPaused = live.kind === "paused";
  return (
    <button
      type="button"
      className="btn livebtn"
      data-tip={tips[live.kind]}
      aria-pressed={isPaused}
      onClick={isPaused ? live.resume : live.pause}
    >
      {isPaused ? <Icon of={Pause} size={12} /> : <i className="livebtn-dot" data-kind={live.kind} />}
      <span>{words[live.kind]}</span>
    </button>
  );
}

"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { type FramePlace, frameAddress } from "./frame-place.ts";
import { frameLimitMs } from "./use-frame-door.ts";
import "./grafana-frame.css";

type GrafanaFrameProps = {
  origin: string;
  uid: string;
  title: string;
  place: FramePlace;
  theme: "dark" | "light";
  heightPx: number;
  /** Drawn while there is nothing in the frame, and when nothing comes. */
  waiting: ReactNode;
  instead: ReactNode;
};

type Phase = "opening" | "shown" | "away";
type FrameMessage = { kind: "grafana:ready" | "grafana:away" | "grafana:ended" };

/**
 * One dashboard of Grafana. It is loaded once; after that its place (time range, variables) is told to the bridge that the
 * proxy has put into its page. When it does not come in time, `instead` is there until it does.
 */
export function GrafanaFrame(props: GrafanaFrameProps) {
  const { origin, uid, title, place, theme, heightPx, waiting, instead } = props;
  const frame = useRef<HTMLIFrameElement>(null);
  const [src] = useState(() => frameAddress(origin, { uid, place, theme }));
  const phase = useFramePhase(frame, origin);
  useEffect(() => {
    const isReady = phase === "shown";
    if (isReady) frame.current?.contentWindow?.postMessage({ kind: "grafana:place", search: place }, origin);
  }, [phase, place, origin]);
  return (
    <>
      {phase === "opening" && waiting}
      {phase === "away" && instead}
      <iframe
        ref={frame}
        title={title}
        src={src}
        className="grafana-frame"
        data-phase={phase}
        style={{ height: heightPx }}
        sandbox="allow-scripts allow-same-origin"
        referrerPolicy="no-referrer"
        aria-hidden={phase !== "shown"}
        tabIndex={phase === "shown" ? 0 : -1}
      />
    </>
  );
}

function useFramePhase(frame: { current: HTMLIFrameElement | null }, origin: string): Phase {
  const [phase, setPhase] = useState<Phase>("opening");
  useEffect(() => {
    const late = setTimeout(() => setPhase((now) => (now === "opening" ? "away" : now)), frameLimitMs);
    const hear = (event: MessageEvent<FrameMessage>) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      if (event.data.kind === "grafana:ready") setPhase("shown");
      if (event.data.kind === "grafana:away" || event.data.kind === "grafana:ended") setPhase("away");
    };
    window.addEventListener("message", hear);
    return () => {
      clearTimeout(late);
      window.removeEventListener("message", hear);
    };
  }, [frame, origin]);
  return phase;
}

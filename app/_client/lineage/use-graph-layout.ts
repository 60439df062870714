"use client";

import { useEffect, useRef, useState } from "react";
import type { GraphShape, Places } from "./graph-layout.ts";
import type { FromLayouter, ToLayouter } from "./layout-protocol.ts";

export type GraphLayout = { places: Places | null; failure: string | null };

const nothing: GraphLayout = { places: null, failure: null };

/** Where the boxes of a graph stand. The places before are kept until the new ones are there. */
export function useGraphLayout(shape: GraphShape): GraphLayout {
  const [state, setState] = useState(nothing);
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    const opened = new Worker("/layout-worker.js", { name: "layout" });
    worker.current = opened;
    opened.onmessage = ({ data }: MessageEvent<FromLayouter>) => {
      if (data.id !== asked.current) return;
      setState(
        "places" in data ? { places: data.places, failure: null } : { ...nothing, failure: data.failure },
      );
    };
    opened.onerror = () =>
      setState({ ...nothing, failure: "The part that draws could not be loaded. Load the page again." });
    return () => {
      worker.current = null;
      opened.terminate();
    };
  }, []);
  useEffect(() => {
    const question: ToLayouter = { id: ++asked.current, shape };
    worker.current?.postMessage(question);
  }, [shape]);
  return state;
}

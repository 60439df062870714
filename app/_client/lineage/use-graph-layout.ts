"use client";

import { useEffect, useRef, useState } from "react";
import type { GraphShape, Places } from "./graph-layout.ts";
import type { FromLayouter, ToLayouter } from "./layout-protocol.ts";

export type GraphLayout = {
  places: Places | null;
  /** False while the places are still those of the graph before. */
  isCurrent: boolean;
  failure: string | null;
};

type Answer = { shape: GraphShape | null; places: Places | null; failure: string | null };

const nothing: Answer = { shape: null, places: null, failure: null };
const notLoaded = "The part that draws could not be loaded. Load the page again.";

/** Where the boxes of a graph stand. The places before are kept until the new ones are there. */
export function useGraphLayout(shape: GraphShape): GraphLayout {
  const [answer, setAnswer] = useState(nothing);
  const worker = useRef<Worker | null>(null);
  const asked = useRef<{ id: number; shape: GraphShape | null }>({ id: 0, shape: null });
  useEffect(() => {
    const opened = new Worker("/layout-worker.js", { name: "layout" });
    worker.current = opened;
    opened.onmessage = ({ data }: MessageEvent<FromLayouter>) => {
      if (data.id !== asked.current.id) return;
      const of = asked.current.shape;
      if ("places" in data) setAnswer({ shape: of, places: data.places, failure: null });
      else setAnswer({ ...nothing, shape: of, failure: data.failure });
    };
    opened.onerror = () => setAnswer({ ...nothing, failure: notLoaded });
    return () => {
      worker.current = null;
      opened.terminate();
    };
  }, []);
  useEffect(() => {
    asked.current = { id: asked.current.id + 1, shape };
    const question: ToLayouter = { id: asked.current.id, shape };
    worker.current?.postMessage(question);
  }, [shape]);
  return { places: answer.places, failure: answer.failure, isCurrent: answer.shape === shape };
}

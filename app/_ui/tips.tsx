"use client";

import { Suspense } from "react";
import { lazyView } from "./lazy-view.tsx";

const TipLayer = lazyView(() => import("./tip-layer.tsx").then((module) => module.TipLayer));

/** Tips and copying by a click, once for the page; nobody waits for them. */
export function Tips() {
  return (
    <Suspense fallback={null}>
      <TipLayer />
    </Suspense>
  );
}

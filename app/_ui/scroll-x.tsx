"use client";

import type { ReactNode } from "react";
import { tabStopWhileScrolling } from "./tab-stop-while-scrolling.ts";

/** What is wider than its place scrolls sideways in it, by keyboard too. */
export function ScrollX({ children }: { children: ReactNode }) {
  return (
    <div ref={tabStopWhileScrolling} className="overflow-x-auto">
      {children}
    </div>
  );
}

"use client";

import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import { type RowWindow, rowWindow } from "./window.ts";

/** Rows are taken in steps, so that a scroll renders once in some rows and not at every pixel. */
const step = 8;
const firstWindow = { first: 0, last: 40 };

/** Follows the scroll position of `scroller`; renders only when other rows come into view. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
): RowWindow {
  const [view, setView] = useState(firstWindow);
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = rowWindow(
      { top: element.scrollTop, height: element.clientHeight },
      rowHeight,
      Number.MAX_SAFE_INTEGER,
    );
    const first = Math.floor(next.first / step) * step;
    const last = Math.ceil(next.last / step) * step;
    setView((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, [scroller, rowHeight]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, look]);

  return { first: Math.min(view.first, count), last: Math.min(view.last, count) };
}

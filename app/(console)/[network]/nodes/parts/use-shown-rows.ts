"use client";

import { useMemo, useState } from "react";
import type { NodePage } from "../../../../../server/features/nodes/schema.ts";
import { keepOrder, type RowOrder, shownOf } from "./row-order.ts";

type Held = { question: string; page: NodePage };

export type Reading = {
  /** What was asked: another filter or sort is another question. */
  question: string;
  /** Nothing moves. */
  isPaused: boolean;
  /** Figures move, rows do not. */
  isReading: boolean;
};

const nothing: RowOrder = { rows: [], news: 0 };

/** The rows as they are drawn: in the server's order, unless somebody reads them or has paused the page. */
export function useShownRows(page: NodePage | undefined, { question, isPaused, isReading }: Reading) {
  const [held, setHeld] = useState<Held | null>(null);
  const isHeld = isPaused || isReading;
  if (page && isHeld && held?.question !== question) setHeld({ question, page });
  if (!isHeld && held) setHeld(null);

  const order = useMemo((): RowOrder => {
    if (!page) return nothing;
    if (!held) return { rows: page.rows, news: 0 };
    const kept = keepOrder(shownOf(held.page.rows), page.rows);
    return isPaused ? { rows: held.page.rows, news: kept.news } : kept;
  }, [page, held, isPaused]);

  return { ...order, showNews: () => page && setHeld({ question, page }) };
}

/** Which rows of equal height are to be drawn for a scroll position, with some above and below; `last` is not included. */
export type RowWindow = { first: number; last: number };

const spare = 8;

export function rowWindow(
  scroll: { top: number; height: number },
  rowHeight: number,
  count: number,
): RowWindow {
  const first = Math.floor(scroll.top / rowHeight) - spare;
  const last = Math.ceil((scroll.top + scroll.height) / rowHeight) + spare;
  return { first: clamp(first, count), last: clamp(last, count) };
}

/** Where to scroll so that a row can be seen below the sticky head; null when it can be seen already. */
export function scrollToRow(
  index: number,
  rowHeight: number,
  view: { top: number; height: number; headHeight: number },
): number | null {
  const top = index * rowHeight;
  if (top < view.top) return top;
  const bottom = top + rowHeight + view.headHeight;
  return bottom > view.top + view.height ? bottom - view.height : null;
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count));
}

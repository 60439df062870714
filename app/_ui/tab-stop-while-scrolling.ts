const takesFocus = `:is(a[href], button, input):not([tabindex="-1"])`;

/**
 * A ref for what may scroll: while it does and nothing in it takes the focus, it is a stop of the tab key itself, so that
 * its far end is reached without a mouse.
 */
export function tabStopWhileScrolling(element: HTMLElement | null): (() => void) | undefined {
  if (element === null) return undefined;
  const judge = () => {
    const isStop = scrolls(element) && element.querySelector(takesFocus) === null;
    if (isStop) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver(judge);
  // What stands in it grows when its rows come, while it keeps its own size.
  const watch = () => {
    sizes.disconnect();
    for (const watched of [element, ...element.children]) sizes.observe(watched);
  };
  const children = new MutationObserver(watch);
  children.observe(element, { childList: true });
  watch();
  return () => {
    sizes.disconnect();
    children.disconnect();
  };
}

function scrolls(element: HTMLElement): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  const isWide = element.scrollWidth > element.clientWidth && overflowX !== "visible";
  return isWide || (element.scrollHeight > element.clientHeight && overflowY !== "visible");
}

/**
 * A ref for what may scroll sideways: while it does and nothing in it takes the focus, it is a stop of the tab key itself,
 * so that its far end is reached without a mouse.
 */
export function tabStopWhileScrolling(element: HTMLElement | null): (() => void) | undefined {
  if (element === null) return undefined;
  const judge = () => {
    const isStop = scrollsSideways(element) && element.querySelector("a[href], button, input") === null;
    if (isStop) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };
  const observer = new ResizeObserver(judge);
  observer.observe(element);
  return () => observer.disconnect();
}

function scrollsSideways(element: HTMLElement): boolean {
  return element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === "auto";
}

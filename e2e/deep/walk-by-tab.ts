import type { Page } from "@playwright/test";

/** A list has more rows than anybody walks through: the first ones are like the others. */
const mostStops = 120;

type Stop = { what: string; region: string; isSeen: boolean; isFirst: boolean };
export type Walk = { unseen: string[]; regions: Set<string> };

/** Goes around the page with Tab, once or as far as `mostStops`, and tells where the focus was and where nobody could see it. */
export async function walkByTab(page: Page): Promise<Walk> {
  const walk: Walk = { unseen: [], regions: new Set() };
  await page.evaluate(() => document.body.focus());
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(readStop);
    if (stop === null) {
      // Behind the last stop the focus is with the browser.
      if (stops > 0) return walk;
      continue;
    }
    if (stop.isFirst && stops > 0) return walk;
    walk.regions.add(stop.region);
    if (!stop.isSeen) walk.unseen.push(stop.what);
  }
  return walk;
}

/** Runs in the page. */
function readStop(): Stop | null {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const isMarked = (candidate: Element | null): boolean => {
    if (!candidate) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(candidate);
    return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  };
  const { left, top, right, bottom, width } = element.getBoundingClientRect();
  const isInView = width > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const isFirst = element.hasAttribute("data-walked");
  element.setAttribute("data-walked", "");
  return {
    what: `${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40)}`,
    // What a page has inside of its own, a list of chapters or the head of a table, is part of it.
    region: element.matches(".skip")
      ? "skip"
      : ((element.closest("main") ?? element.closest("nav, header, footer"))?.tagName.toLowerCase() ??
        "body"),
    isSeen: isInView && (isMarked(element) || isMarked(element.closest(":focus-within:not(:focus)"))),
    isFirst,
  };
}

import type { Page, Response } from "@playwright/test";

/** Journeys may not be quicker than a person: going somewhere ends when the page's buttons work. */
export function withHydration(page: Page): Page {
  const { goto, reload } = page;
  const afterwards = async (response: Response | null) => {
    await hydrated(page);
    return response;
  };
  page.goto = async (...to) => afterwards(await goto.apply(page, to));
  page.reload = async (...how) => afterwards(await reload.apply(page, how));
  return page;
}

/** A page that has no idle moment for so long is not waited for. */
const mostBusyMs = 5_000;

/**
 * The server's HTML is on the screen before its buttons work. People do not notice; a program that clicks within the
 * first milliseconds does. React leaves a mark on every element that it has taken over.
 * What listens for keys does so from an effect, which comes after that, when the page has nothing else to do.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(
    (mostMs) => {
      const isTaken = (element: Element) =>
        Object.keys(element).some((key) => key.startsWith("__reactProps$"));
      if (![...document.querySelectorAll("button, input")].every(isTaken)) return false;
      return new Promise((done) => requestIdleCallback(() => done(true), { timeout: mostMs }));
    },
    mostBusyMs,
    { timeout: 60_000 },
  );
}

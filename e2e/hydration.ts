import type { Page } from "@playwright/test";

/**
 * The server's HTML is on the screen before its buttons work. People do not notice; a program that clicks within the
 * first milliseconds does. React leaves a mark on every element that it has taken over.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const isTaken = (element: Element) =>
        Object.keys(element).some((key) => key.startsWith("__reactProps$"));
      return [...document.querySelectorAll("button, input")].every(isTaken);
    },
    undefined,
    { timeout: 60_000 },
  );
}

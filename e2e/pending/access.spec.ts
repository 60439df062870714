import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { consolePages, loaded, openPage } from "../console-pages.ts";
import { expect, test } from "../console-test.ts";
import { walkByTab } from "./walk-by-tab.ts";

const desk = { width: 1440, height: 900 };
/** What is left of a desk's window at 200 % zoom. */
const zoomed = { width: 720, height: 450 };
const phone = { width: 390, height: 844 };
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test.use({ role: "admin", contextOptions: { reducedMotion: "reduce" } });

for (const shown of consolePages)
  test(`the page ${shown.name} is for everybody: both themes, keyboard, 200 % zoom, phone`, async ({
    page,
  }) => {
    await openPage(page, shown);
    await expectReadable(page, "dark");
    await expectReadable(page, "light");
    await test.step("keyboard", async () => {
      const { unseen, regions } = await walkByTab(page);
      expect.soft(unseen, "stops of the focus that nobody sees").toEqual([]);
      expect.soft([...regions], "the focus reaches every part").toEqual(["skip", "nav", "header", "main"]);
    });
    await test.step("200 % zoom", async () => {
      await page.setViewportSize(zoomed);
      expect.soft(await beyondTheEdge(page), "sticks out at 200 %").toEqual([]);
    });
    await test.step("phone", async () => {
      await page.setViewportSize(phone);
      await page.reload();
      await loaded(page);
      expect.soft(await beyondTheEdge(page), "sticks out of a phone").toEqual([]);
      expect.soft(await violations(page), "on a phone").toEqual([]);
    });
    await page.setViewportSize(desk);
  });

test.describe("by a stranger", () => {
  test.use({ role: "nobody" });

  test("the sign-in page is for everybody: both themes, 200 % zoom, phone", async ({ page }) => {
    await page.goto("/sign-in");
    await expectReadable(page, "dark");
    await expectReadable(page, "light");
    for (const size of [zoomed, phone]) {
      await page.setViewportSize(size);
      expect.soft(await beyondTheEdge(page)).toEqual([]);
    }
  });
});

async function expectReadable(page: Page, colorScheme: "dark" | "light"): Promise<void> {
  const asked = colorScheme === "dark" ? "everything" : "contrast";
  await test.step(colorScheme, async () => {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect.soft(await violations(page, asked), colorScheme).toEqual([]);
  });
}

/** A theme changes colours and nothing else: the second one is asked for contrast only. */
async function violations(page: Page, asked: "everything" | "contrast" = "everything"): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (asked === "contrast") axe.withRules(["color-contrast"]);
  else axe.withTags(standards);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** What cannot be seen without scrolling sideways: neither the page does that nor what is not a table or a chart. */
function beyondTheEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element): boolean =>
      ["auto", "scroll"].includes(getComputedStyle(element).overflowX) && element.id !== "main";
    const isInScroller = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      (scrolls(element) || isInScroller(element.parentElement));
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    const words = (element: Element) =>
      `${element.tagName.toLowerCase()} ${element.textContent?.trim().slice(0, 40)}`;
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ["the page itself"] : [];
    const controls = [...document.querySelectorAll("a, button, input, h1, h2, th, td")]
      .filter((element) => isShown(element) && !element.closest(".sr-only, .skip") && !isInScroller(element))
      .filter((element) => {
        const { right, left, width } = element.getBoundingClientRect();
        return width > 0 && (right > window.innerWidth + 1 || left < -1);
      });
    return [...wide, ...controls.map(words)];
  });
}

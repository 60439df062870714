import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { consolePages, loaded, openPage, pagesWithoutExample } from "../console-pages.ts";
import { expect, test } from "../console-test.ts";
import { budgetKb, type ScriptWeight, watchScripts } from "../script-weight.ts";
import { walkByTab } from "./walk-by-tab.ts";

/** What is left of a desk's window at 200 % zoom. */
const zoomed = { width: 720, height: 450 };
const phone = { width: 390, height: 844 };
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const reachRules = ["scrollable-region-focusable"];
const sizeRules = ["target-size"];
/** What stands between the address and a page that works. */

const soft = expect.configure({ soft: true });

test.use({ role: "admin", contextOptions: { reducedMotion: "reduce" } });

test("no page is left out", () => {
  expect(pagesWithoutExample, "have no example in console-pages.ts").toEqual([]);
});

for (const shown of consolePages)
  test(`${shown.name} is light, readable in both themes, reached by keyboard, whole at 200 % and on a phone`, async ({
    page,
  }) => {
    const weighed = await watchScripts(page);
    await openPage(page, shown);
    expectLight(await weighed());
    await expectReadable(page, "dark");
    await expectReadable(page, "light");
    await test.step("keyboard", async () => {
      const { unseen, regions } = await walkByTab(page);
      expect.soft(unseen, "stops of the focus that nobody sees").toEqual([]);
      expect.soft([...regions], "the focus reaches every part").toEqual(["skip", "nav", "header", "main"]);
    });
    await test.step("200 % zoom", async () => {
      await page.setViewportSize(zoomed);
      await expectWithinTheEdge(page, "sticks out at 200 %");
    });
    await test.step("phone", async () => {
      await page.setViewportSize(phone);
      await loaded(page);
      await expectWithinTheEdge(page, "sticks out of a phone");
      await scrollToTop(page);
      // While no row is hidden, with which what takes the focus in it would go.
      await page.evaluate(() => {
        document.adoptedStyleSheets = [];
      });
      expect.soft(await violations(page, reachRules), "reached on a phone").toEqual([]);
      await hideCutRows(page);
      expect.soft(await violations(page, sizeRules), "large enough on a phone").toEqual([]);
    });
  });

test.describe("by a stranger", () => {
  test.use({ role: "nobody" });

  test("the sign-in page is light, readable in both themes, whole at 200 % and on a phone", async ({
    page,
  }) => {
    const weighed = await watchScripts(page);
    await page.goto("/sign-in");
    expectLight(await weighed());
    await expectReadable(page, "dark");
    await expectReadable(page, "light");
    for (const size of [zoomed, phone]) {
      await page.setViewportSize(size);
      await expectWithinTheEdge(page, `sticks out of ${size.width} px`);
    }
  });
});

/** What the document makes the browser load is limited; what its code asks for later is only told. */
function expectLight({ named, all }: ScriptWeight): void {
  process.stdout.write(`  ${named} KB of scripts, ${all} KB with what joins in\n`);
  expect.soft(named).toBeGreaterThan(0);
  expect.soft(named, "KB of gzipped scripts that the document names").toBeLessThanOrEqual(budgetKb);
}

async function expectReadable(page: Page, colorScheme: "dark" | "light"): Promise<void> {
  const asked = colorScheme === "dark" ? "all" : ["color-contrast"];
  await test.step(colorScheme, async () => {
    await hideCutRows(page);
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect.soft(await violations(page, asked), colorScheme).toEqual([]);
  });
}

/** A theme changes colours and a small window what scrolls and how close things are: only that is asked again. */
async function violations(page: Page, asked: "all" | string[] = "all"): Promise<string[]> {
  // In the page itself, without listing all that is right, and without the thousand shapes of a chart, which is one image
  // with its table beside it: several times as quick.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .exclude(".recharts-surface");
  if (asked === "all") axe.withTags(standards);
  else axe.withRules(asked);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** Charts take their new width a moment after the window has it. */
function expectWithinTheEdge(page: Page, message: string): Promise<void> {
  return soft.poll(() => beyondTheEdge(page), { message, timeout: 10_000 }).toEqual([]);
}

/** Where the walk left off, a bar of the window may cover half a button. */
function scrollToTop(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const scroller of [document.scrollingElement, document.querySelector("#main")])
      scroller?.scrollTo(0, 0);
  });
}

/** Of a row that a bar of the window cuts, half a link is left: it is judged like the rows above it, which are whole. */
function hideCutRows(page: Page): Promise<void> {
  return page.evaluate(() => {
    // On a desk the bar stands before the page; on a phone there is none.
    const bar = document.querySelector("footer")?.getBoundingClientRect();
    const edge = bar && bar.height > 0 ? bar.top : innerHeight;
    const sheet = new CSSStyleSheet();
    for (const [index, table] of document.querySelectorAll("#main tbody").entries()) {
      const whole = [...table.children].filter((row) => row.getBoundingClientRect().bottom <= edge).length;
      table.setAttribute("data-judged", `${index}`);
      // By its place, because rows of a live list move on.
      sheet.insertRule(`[data-judged="${index}"] > :nth-child(n + ${whole + 1}) { visibility: hidden; }`);
    }
    document.adoptedStyleSheets = [sheet];
  });
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

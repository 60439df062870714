import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { stackAddress } from "./stack/stack-facts.ts";

export const demoPassword = "local-network-only";
export type DemoRole = "viewer" | "operator" | "developer" | "auditor" | "admin";

type Fixtures = {
  /** A page that is signed in; its browser console must stay clean. */
  consolePage: Page;
  role: DemoRole;
};

/** Journeys start signed in as operator unless they say `test.use({ role })`. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs.
  baseURL: async ({}, use) => use(stackAddress()),
  role: ["operator", { option: true }],
  consolePage: async ({ page, role }, use) => {
    const complaints = watchConsole(page);
    await signIn(page, role);
    await use(page);
    expect(complaints, "the browser's console stays clean").toEqual([]);
  },
});

export { expect };

export async function signIn(page: Page, role: DemoRole, path = "/mainnet"): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByLabel("E-mail").fill(`${role}@demo.local`);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** What a person would see in red in the developer tools. */
function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  expect(found).toEqual([]);
}

/** The figure in a panel, as a number; null when there is no reading. */
export async function figureOf(page: Page, panel: string): Promise<number | null> {
  const text = await page.getByRole("region", { name: panel }).locator(".fig").first().innerText();
  const digits = text.replace(/[^\d.]/g, "");
  return digits === "" ? null : Number(digits);
}

export async function openTab(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

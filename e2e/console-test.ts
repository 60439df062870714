import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";
import { withHydration } from "./hydration.ts";
import { sessionFile, stackAddress } from "./stack/stack-facts.ts";

export const demoPassword = "local-network-only";
export const demoRoles = ["viewer", "operator", "developer", "auditor", "admin"] as const;
export type DemoRole = (typeof demoRoles)[number];

type Options = {
  /** Whose session the browser has. */
  role: DemoRole | "nobody";
  /** What the browser may complain about in this journey, because it is about failures. */
  expectedComplaints: RegExp | null;
};

/** What Chromium says when a page takes longer than it thinks right. */
const aboutSlowMachines = /was preloaded using link preload but not used within a few seconds/;

/** Journeys start signed in as operator unless they say `test.use({ role })`. The browser's console must stay clean. */
export const test = base.extend<Options>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs.
  baseURL: async ({}, use) => use(stackAddress()),
  role: ["operator", { option: true }],
  expectedComplaints: [null, { option: true }],
  storageState: async ({ role }, use) => use(role === "nobody" ? undefined : sessionFile(role)),
  context: async ({ context, expectedComplaints }, use) => {
    const complaints = complaintsIn(context);
    await use(context);
    const isKnown = (text: string) => aboutSlowMachines.test(text) || expectedComplaints?.test(text);
    const unexpected = complaints.filter((text) => !isKnown(text));
    expect(unexpected, "the browser's console stays clean").toEqual([]);
  },
  page: async ({ page }, use) => {
    await use(withHydration(page));
  },
});

export { expect };

/** What a person would see in red or yellow in the developer tools, of all tabs. */
function complaintsIn(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  context.on("weberror", (failure) => complaints.push(failure.error().message));
  return complaints;
}

export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The bar under every page. */
export function statusBar(page: Page): Locator {
  return page.getByRole("contentinfo");
}

/** What the status bar says is wrong with a source; nothing while all is well. */
export function statusWarning(page: Page): Locator {
  return statusBar(page).locator(".t-warn");
}

/** The texts of one column of the list of nodes, from the top. */
export async function columnOf(page: Page, title: string): Promise<string[]> {
  const heads = await page.getByRole("columnheader").allInnerTexts();
  const at = heads.findIndex((head) => head.trim().startsWith(title));
  if (at < 0) throw new Error(`The list has no column ${title}: ${heads.join(", ")}`);
  const rows = page.getByRole("row").filter({ has: page.getByRole("gridcell") });
  return rows.evaluateAll((found, index) => found.map((row) => row.children[index]?.textContent ?? ""), at);
}

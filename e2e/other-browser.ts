import type { Browser, Page } from "@playwright/test";
import { withHydration } from "./hydration.ts";
import { stackAddress } from "./stack/stack-facts.ts";

/** Said outright: otherwise it would have the session of the journey. */
const nobody = { cookies: [], origins: [] };

/** A browser of somebody else, or of oneself on another machine; it is closed when its test is done with it. */
export async function otherBrowser(
  browser: Browser,
  storageState: string | typeof nobody = nobody,
): Promise<AsyncDisposable & { page: Page }> {
  const context = await browser.newContext({ baseURL: stackAddress(), storageState });
  const page = withHydration(await context.newPage());
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

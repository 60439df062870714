import type { APIRequestContext } from "@playwright/test";
import { consolePages } from "./console-pages.ts";
import { expect, test } from "./console-test.ts";
import { budgetKb, documentWeight, watchScripts } from "./script-weight.ts";

test("no route's document makes the browser load more than 170 KB of gzipped JavaScript", ({ request }) =>
  expectWithinBudget(
    request,
    consolePages.map(({ path }) => path),
  ));

test("what is weighed is what a browser loads", async ({ page, request }) => {
  const path = "/mainnet/nodes";
  const weighed = await watchScripts(page);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  const { named } = await weighed();
  expect(await documentWeight(request, path)).toBe(named);
});

test.describe("by a stranger", () => {
  test.use({ role: "nobody" });

  test("nor does the sign-in page", ({ request }) => expectWithinBudget(request, ["/sign-in"]));
});

async function expectWithinBudget(request: APIRequestContext, paths: readonly string[]): Promise<void> {
  const tooLarge: string[] = [];
  for (const path of paths) {
    const named = await documentWeight(request, path);
    const told = `${path.replace(/0x[0-9a-f]{8,}/g, "0x…")}: ${named} KB`;
    process.stdout.write(`  ${told}\n`);
    expect(named, path).toBeGreaterThan(0);
    if (named > budgetKb) tooLarge.push(told);
  }
  expect(tooLarge).toEqual([]);
}

import type { BrowserContext, Locator, Page } from "@playwright/test";
import { columnOf, expect, statusWarning, test } from "../console-test.ts";
import { hydrated } from "../hydration.ts";
import { knownNode, nodePath } from "../known-nodes.ts";
import { localnet } from "../stack/localnet-command.ts";

/** Promised are 10 s on a machine that has time; a busy one may need more. What it took is told. */
const toldMs = 45_000;
const healMs = 180_000;

test.describe.configure({ timeout: 420_000 });
test.use({ expectedComplaints: /Failed to load resource/ });
test.afterEach(async () => void (await localnet("heal", "all")));

type NodeFault = {
  fault: string;
  amount: readonly string[];
  node: string;
  /** What its page says of it. */
  told: RegExp;
  /** Judged over a longer time, so what it leaves behind is rightly shown for a while. */
  leavesTraces?: true;
};

const nodeFaults: readonly NodeFault[] = [
  { fault: "node-down", amount: [], node: "lon1-s02", told: /Silent|Probe missed/ },
  { fault: "slow", amount: ["--factor", "60"], node: "lon1-s03", told: /p99 is [\d.,]+ m?s, limit/ },
  { fault: "clock-skew", amount: [], node: "lon1-s04", told: /clock is off by 1 m/ },
  {
    fault: "disk-filling",
    amount: ["--minutes", "3"],
    node: "lon1-s05",
    told: /disk (fills by|is full)/,
    leavesTraces: true,
  },
  {
    fault: "error-burst",
    amount: ["--percent", "80"],
    node: "lon1-s06",
    told: /% of requests failed/,
    leavesTraces: true,
  },
];

test("whatever happens to a node is said in a sentence on its page, and no longer once it is over", async ({
  context,
}) => {
  const pages = new Map<NodeFault, Page>();
  for (const fault of nodeFaults) pages.set(fault, await openNode(context, fault.node));
  for (const { fault, node, amount } of nodeFaults) await localnet("fault", fault, node, ...amount);
  await Promise.all(
    [...pages].map(([{ fault, told }, page]) => expectTold(fault, page.getByRole("main"), told)),
  );
  await localnet("heal", "all");
  await Promise.all(
    [...pages].map(async ([{ told, leavesTraces }, page]) => {
      if (!leavesTraces) await expect(page.getByRole("main")).not.toContainText(told, { timeout: healMs });
    }),
  );
});

test("a stalled indexer is named on its network's pages, on no other's, and its recovery ends the warning", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await Promise.all([page.goto("/testnet"), other.goto("/mainnet")]);
  await localnet("fault", "indexer-stalled", "testnet");
  await expectTold("indexer-stalled", statusWarning(page).first(), /indexer/i);
  await expect(statusWarning(other).filter({ hasText: /indexer/i })).toHaveCount(0);
  await localnet("heal", "all");
  await expect(statusWarning(page).filter({ hasText: /indexer/i })).toHaveCount(0, { timeout: healMs });
});

test("a broker that answers nobody is named, darkens rates and nothing else, and its recovery is seen", async ({
  page,
}) => {
  await page.goto("/mainnet/nodes?q=lon1&sort=name");
  const rates = async () => (await listed(page)).map(({ rate }) => rate);
  await expect.poll(async () => (await rates()).every(isNumber)).toBe(true);
  await localnet("fault", "broker-pause");
  await expectTold("broker-pause", statusWarning(page).first(), /Kafka/);
  await page.reload();
  // What nobody reads is not known: a 0 would be a lie.
  await expect.poll(rates, { timeout: toldMs }).toEqual(Array.from({ length: 7 }, () => "·no reading"));
  expect((await listed(page)).map(({ name }) => name)).toContain("lon1-s01");
  await localnet("heal", "all");
  await expect(statusWarning(page)).toHaveCount(0, { timeout: healMs });
  await expect.poll(async () => (await rates()).every(isNumber), { timeout: healMs }).toBe(true);
});

async function openNode(context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(nodePath(knownNode(name)));
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await hydrated(page);
  return page;
}

async function expectTold(what: string, told: Locator, words: RegExp): Promise<void> {
  const since = Date.now();
  await expect(told).toContainText(words, { timeout: toldMs });
  process.stdout.write(`  ${what} is told after ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
}

/** Names and rates of the list's rows, from the top. */
async function listed(page: Page): Promise<{ name: string; rate: string }[]> {
  const [names, rates] = [await columnOf(page, "Node"), await columnOf(page, "Ops/s")];
  return names.map((name, row) => ({ name: name.slice(0, 8), rate: rates[row] ?? "" }));
}

function isNumber(text: string): boolean {
  return /\d/.test(text);
}

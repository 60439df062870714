import { readdirSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { objectCid } from "../localnet/content/bucket-objects.ts";
import { textOf } from "../localnet/content/content-id.ts";
import { knownAgent } from "./known-agents.ts";
import { knownNode } from "./known-nodes.ts";

/** A page of the console: its folder below `app/(console)`, and an address at which it has something to show. */
export type ConsolePage = { name: string; path: string };

const pagesFolder = "app/(console)";
const node = knownNode("fsn1-s02");
const other = knownNode("hel1-s02");

/** Stands in an address for what is not fixed in it. */
const examples: Readonly<Record<string, string>> = {
  "[network]": "mainnet",
  "[key]": node.account.hex,
  "[cluster]": node.clusterId,
  "[bucket]": "1",
  "[cid]": textOf(objectCid("mainnet", 1, 0)),
  "[agentId]": knownAgent.id,
  "[name]": "palette",
  "[uid]": "cere-nodes",
  "[rule]": "node-failures",
};

/** A version of an agent is a CID as well. */
const examplesBelow: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  agents: { "[cid]": knownAgent.newest },
};

/** What a page is asked for, where it shows little without. */
const questions: Readonly<Record<string, string>> = {
  "[network]/nodes/compare": `?keys=${node.account.hex},${other.account.hex}`,
  "[network]/data/cids/[cid]": "?bucket=1",
  "[network]/data/lineage": "?root=job:agents%20transcribe",
};

/** These lead on to one of the others, or say that there is no such page. */
const leadOn: readonly string[] = ["settings", "docs", "[network]/[...rest]"];

const folders = readdirSync(pagesFolder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("/page.tsx"))
  .map((file) => file.slice(0, -"/page.tsx".length))
  .filter((folder) => !leadOn.includes(folder))
  .sort();

/** Pages whose address has a part without an example: nobody looks at them until it has one. */
export const pagesWithoutExample: readonly string[] = folders.filter((folder) => addressOf(folder) === null);

/** Every page that there is, found by its folder: a new one is here by itself. */
export const consolePages: readonly ConsolePage[] = folders.flatMap((folder) => {
  const address = addressOf(folder);
  return address === null ? [] : [{ name: folder.replace("[network]", "mainnet"), path: address }];
});

function addressOf(folder: string): string | null {
  const [area = ""] = folder.split("/");
  const known = { ...examples, ...examplesBelow[area] };
  const parts = folder.split("/").map((part) => (part.startsWith("[") ? known[part] : part));
  return parts.includes(undefined) ? null : `/${parts.join("/")}${questions[folder] ?? ""}`;
}

/** Goes there and waits until everything that the page asks for at first is on it. */
export async function openPage(page: Page, { path }: ConsolePage): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await settled(page);
  await expect(page.getByRole("main").getByRole("alert"), "nothing on the page has failed").toHaveCount(0);
}

/** Nothing is loading any more, and the page is live. */
export async function settled(page: Page): Promise<void> {
  await loaded(page);
  await page.getByRole("contentinfo").getByText("Live", { exact: true }).waitFor();
}

/** Nothing is loading any more. A phone has no bar that says "Live". */
export async function loaded(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 60_000 });
}

import type { Browser, BrowserContext, Page } from "@playwright/test";
import { toSs58 } from "../../server/kernel/ss58.ts";
import { ed25519Key, sr25519Key, type WalletKey, wrapped } from "../../server/testing/wallet-keys.ts";
import { type DemoRole, expect, test } from "../console-test.ts";
import { sessionFile } from "../stack/stack-facts.ts";

test.use({ role: "nobody" });

/** A revoked session is out within this, on page and socket. */
const outWithinMs = 5_000;

test("the identity provider signs in who has a role there, and a revoked session is out within five seconds", async ({
  page,
  browser,
  baseURL,
}) => {
  await signInByProvider(page, "Priya Nair");
  await expect(page).toHaveURL(/\/settings\/account$/);
  await using second = await openBrowser(browser, baseURL);
  await signInByProvider(second.page, "Priya Nair");
  await second.page.getByRole("button", { name: "Revoke all others" }).click();
  await expectOut(page);
});

test("who has no role at the identity provider is told so", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Local ID" }).click();
  await page.getByRole("button", { name: /Sam Straits/ }).click();
  await expect(page.getByText("You have no access here yet.")).toBeVisible();
});

test("a wallet of the browser (sr25519) signs in, once it is linked", async ({ page, browser, baseURL }) => {
  const key = sr25519Key();
  await offerWallet(page, key);
  await withLinkedWallet({ browser, baseURL, role: "developer", key }, async (owner) => {
    await page.goto("/sign-in?next=/settings/account");
    await page.getByRole("button", { name: "Continue with a wallet" }).click();
    await page.getByRole("radio", { name: /ops/ }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Sign with test-wallet" }).click();
    await expect(page).toHaveURL(/\/settings\/account$/);
    await revokeWalletSession(owner);
    await expectOut(page);
  });
});

test("a pasted signature (ed25519) signs in, and another key's does not", async ({
  page,
  browser,
  baseURL,
}) => {
  const key = ed25519Key();
  await withLinkedWallet({ browser, baseURL, role: "auditor", key }, async () => {
    await page.goto("/sign-in?next=/settings/account");
    await pasteSignature(page, { address: toSs58(key.account, 42), key });
    await expect(page).toHaveURL(/\/settings\/account$/);
  });
});

async function signInByProvider(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in?next=/settings/account");
  await page.getByRole("button", { name: "Continue with Local ID" }).click();
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await expect(page.getByRole("table", { name: "Your sessions" })).toBeVisible();
}

/** As a wallet extension is there: the key stays outside of the page. */
async function offerWallet(page: Page, key: WalletKey): Promise<void> {
  await page.exposeFunction("signOutside", (hex: string) =>
    key.sign(Buffer.from(hex.slice(2), "hex").toString("utf8")),
  );
  await page.addInitScript((address) => {
    const signRaw = async ({ data }: { data: string }) => ({
      signature: await Reflect.get(window, "signOutside")(data),
    });
    const accounts = { get: async () => [{ address, name: "ops", type: "sr25519" }] };
    Reflect.set(window, "injectedWeb3", {
      "test-wallet": { enable: async () => ({ accounts, signer: { signRaw } }) },
    });
  }, toSs58(key.account));
}

async function pasteSignature(page: Page, { address, key }: { address: string; key: WalletKey }) {
  const link = page.getByRole("button", { name: "Continue with a wallet" });
  if (await link.isVisible()) await link.click();
  await page.getByLabel("Or another account").fill(address);
  await page.getByRole("button", { name: "Continue" }).click();
  const message = await page.locator(".si-message").innerText();
  await page.getByLabel("Signature").fill(key.sign(wrapped(message)));
  await page.getByRole("button", { name: "Continue" }).click();
}

type Owning = { browser: Browser; baseURL: string | undefined; role: DemoRole; key: WalletKey };

/** Links the wallet in the owner's settings and takes it off again, so that a second run finds things as they were. */
async function withLinkedWallet(owning: Owning, work: (owner: Page) => Promise<void>): Promise<void> {
  const { browser, baseURL, role, key } = owning;
  await using owner = await openBrowser(browser, baseURL, sessionFile(role));
  const { page } = owner;
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Link a wallet" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Or another account").waitFor();
  await pasteSignature(page, { address: toSs58(key.account), key });
  const row = page.getByRole("row").filter({ hasText: "Wallet" });
  await expect(row).toBeVisible();
  try {
    await work(page);
  } finally {
    await row.getByRole("button", { name: "Take off" }).click();
    await expect(row).toBeHidden();
  }
}

async function revokeWalletSession(owner: Page): Promise<void> {
  await owner.reload();
  const row = owner.getByRole("row").filter({ hasText: "by wallet" });
  await row.getByRole("button", { name: "Revoke" }).click();
}

/** The page notices by its socket and leads to the sign-in; nobody touches it. */
async function expectOut(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/sign-in\?/, { timeout: outWithinMs });
}

async function openBrowser(browser: Browser, baseURL: string | undefined, storageState?: string) {
  const context: BrowserContext = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(storageState === undefined ? {} : { storageState }),
  });
  const page = await context.newPage();
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

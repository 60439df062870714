import type { Browser, Page } from "@playwright/test";
import { toSs58 } from "../server/kernel/ss58.ts";
import { ed25519Key, sr25519Key, type WalletKey, wrapped } from "../server/testing/wallet-keys.ts";
import { type DemoRole, expect, test } from "./console-test.ts";
import { hydrated } from "./hydration.ts";
import { otherBrowser } from "./other-browser.ts";
import { type OwnSocket, openOwnSocket } from "./own-socket.ts";
import { sessionFile } from "./stack/stack-facts.ts";

test.use({ role: "nobody", expectedComplaints: /status of 401/ });

/** A revoked session is out within this, on page and socket. */
const outWithinMs = 5_000;

test("the identity provider signs in who has a role there, and a session that is revoked from a second browser is out", async ({
  page,
  context,
  browser,
}) => {
  await signInByProvider(page, "Priya Nair");
  using socket = await openOwnSocket(context);
  await using second = await otherBrowser(browser);
  await signInByProvider(second.page, "Priya Nair");
  await second.page.getByRole("button", { name: "Revoke all others" }).click();
  await expectOut(page, socket);
});

test("who has no role at the identity provider is told so", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Local ID" }).click();
  await page.getByRole("button", { name: /Sam Straits/ }).click();
  await expect(page.getByText("You have no access here yet.")).toBeVisible();
});

test("a wallet of the browser (sr25519) signs in, once it is linked, and its session is revoked by its owner", async ({
  page,
  context,
  browser,
}) => {
  const key = sr25519Key();
  await offerWallet(page, key);
  await withLinkedWallet({ browser, role: "developer", key }, async (owner) => {
    await page.goto("/sign-in?next=/settings/account");
    await page.getByRole("button", { name: "Continue with a wallet" }).click();
    await page.getByRole("radio", { name: /ops/ }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Sign with test-wallet" }).click();
    await expectAccount(page);
    using socket = await openOwnSocket(context);
    await revokeWalletSession(owner);
    await expectOut(page, socket);
  });
});

test("a pasted signature (ed25519) signs in, and another key's does not", async ({ page, browser }) => {
  const key = ed25519Key();
  const address = toSs58(key.account, 42);
  await withLinkedWallet({ browser, role: "auditor", key }, async () => {
    await page.goto("/sign-in?next=/settings/account");
    await pasteSignature(page, { address, key: ed25519Key() });
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await page.goto("/sign-in?next=/settings/account");
    await pasteSignature(page, { address, key });
    await expectAccount(page);
  });
});

async function signInByProvider(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in?next=/settings/account");
  await page.getByRole("button", { name: "Continue with Local ID" }).click();
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await expectAccount(page);
}

async function expectAccount(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Your sessions" })).toBeVisible();
  await hydrated(page);
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

type Owning = { browser: Browser; role: DemoRole; key: WalletKey };

/** Links the wallet in the owner's settings and takes it off again, so that a second run finds things as they were. */
async function withLinkedWallet(
  { browser, role, key }: Owning,
  work: (owner: Page) => Promise<void>,
): Promise<void> {
  await using owner = await otherBrowser(browser, sessionFile(role));
  const { page } = owner;
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Link a wallet" }).click();
  await page.getByRole("dialog").getByLabel("Or another account").waitFor();
  const address = toSs58(key.account);
  await pasteSignature(page, { address, key });
  const row = page
    .getByRole("table", { name: "Ways to sign in" })
    .getByRole("row")
    .filter({ has: page.locator(`[data-copy="${address}"]`) });
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
  await row.first().getByRole("button", { name: "Revoke" }).click();
}

/** Nobody touches the page: it is told and leads to the sign-in. A socket with the same session is closed. */
async function expectOut(page: Page, socket: OwnSocket): Promise<void> {
  const until = Date.now() + outWithinMs;
  await expect(page).toHaveURL(/\/sign-in\?/, { timeout: outWithinMs });
  await expect.poll(() => socket.isConnected(), { timeout: Math.max(1, until - Date.now()) }).toBe(false);
}

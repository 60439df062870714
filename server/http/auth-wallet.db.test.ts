import { describe, expect, it } from "vitest";
import { linkWay } from "../features/identity/link-way.ts";
import { toSs58 } from "../kernel/ss58.ts";
import type { Database } from "../ports/database.ts";
import { aCtx, aPerson } from "../testing/a-ctx.ts";
import { testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { openAuthConsole, type TestBrowser } from "../testing/open-auth-console.ts";
import { ecdsaKey, ed25519Key, sr25519Key, type WalletKey, wrapped } from "../testing/wallet-keys.ts";

describe.each([sr25519Key, ed25519Key, ecdsaKey])("signing in with %o", (makeKey) => {
  it("opens a session, whichever prefix the address was given with", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const key = makeKey();
    await insertOwner(db, key);
    for (const prefix of [54, 42]) {
      const browser = console.browser();
      const message = await begin(browser, toSs58(key.account, prefix));
      const answer = await browser.post("wallet/proof", { message, signature: key.sign(wrapped(message)) });
      expect([answer.status, await browser.statusOfMe()]).toEqual([200, 200]);
    }
    const ways = await db.prisma.session.findMany({ select: { way: true } });
    expect(ways).toEqual([{ way: "wallet" }, { way: "wallet" }]);
  });
});

describe("a wallet's proof is refused and audited", () => {
  it("when the message names another domain", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message, key } = await begun(db, console.browser());
    const foreign = message.replaceAll("console.test", "evil.test");
    await expectRefusal(db, await prove(browser, foreign, key), "The message names another domain.");
  });

  it("when the nonce was used before, by a good proof or a bad one", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message, key } = await begun(db, console.browser());
    expect((await prove(browser, message, key)).status).toBe(200);
    const used = `This nonce was used before, at ${console.clock.now().toISOString().slice(11, 19)} UTC.`;
    await expectRefusal(db, await prove(browser, message, key), used);
    const next = await begun(db, console.browser());
    await prove(next.browser, next.message, sr25519Key());
    await expectRefusal(db, await prove(next.browser, next.message, next.key), used);
  });

  it("when it comes too late", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message, key } = await begun(db, console.browser());
    console.clock.advance(5 * 60_000);
    const at = console.clock.now().toISOString().slice(11, 19);
    await expectRefusal(db, await prove(browser, message, key), `The message expired at ${at} UTC.`);
  });

  it("when another account signed it", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message } = await begun(db, console.browser());
    const stranger = sr25519Key();
    await expectRefusal(db, await prove(browser, message, stranger), "The signature is not of this account.");
  });

  it("when it was made for another browser, whose own proof stays good", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message, key } = await begun(db, console.browser());
    const thief = await prove(console.browser(), message, key);
    await expectRefusal(db, thief, "The message was made for another browser.");
    expect((await prove(browser, message, key)).status).toBe(200);
  });

  it("when it was written by somebody else than this console, or changed", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message, key } = await begun(db, console.browser());
    const other = sr25519Key();
    const swapped = message.replace(toSs58(key.account), toSs58(other.account));
    await expectRefusal(
      db,
      await prove(browser, swapped, other),
      "The message was changed after it was made.",
    );
    const invented = message.replace(/Nonce: .*/, `Nonce: ${"0".repeat(32)}`);
    await expectRefusal(
      db,
      await prove(browser, invented, key),
      "This nonce was not made here, or long ago.",
    );
    await expectRefusal(db, await prove(browser, "Sign me in", key), "This is no message of this console.");
  });

  it("when the account has no access, and says so only to its owner", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const browser = console.browser();
    const key = ed25519Key();
    const message = await begin(browser, key.account);
    await expectRefusal(
      db,
      await prove(browser, message, key),
      "This account has no access here. Ask an admin to link it.",
    );
  });

  it("when its person is deactivated", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { browser, message, key, owner } = await begun(db, console.browser());
    await db.prisma.user.update({ where: { id: owner.id }, data: { disabledAt: new Date() } });
    await expectRefusal(db, await prove(browser, message, key), "The account is deactivated.");
  });
});

it("links an account to who is signed in, and to nobody else", async () => {
  await using db = await testDatabase();
  await using console = await openAuthConsole(db);
  const key = sr25519Key();
  const [ana, bo] = [await insertOwner(db, ed25519Key()), await insertPerson(db)];
  const link = async (email: string) => {
    const browser = console.browser();
    await browser.post("sign-in", { email, password: "a test password" });
    const message = await begin(browser, key.account, true);
    return prove(browser, message, key);
  };
  expect((await link(ana.email)).status).toBe(200);
  await expectRefusal(db, await link(bo.email), "It belongs to another account of this console already.");
  const stranger = await console.browser().post("wallet/message", { address: key.account, isLink: true });
  expect(stranger.status).toBe(401);
  expect(await db.prisma.account.findMany({ where: { providerId: "wallet" } })).toHaveLength(2);
});

it("keeps nonces and messages unreadable", async () => {
  await using db = await testDatabase();
  await using console = await openAuthConsole(db);
  const { message, key } = await begun(db, console.browser());
  const [, nonce = ""] = /Nonce: (.*)/.exec(message) ?? [];
  const [row] = await db.sql<{ text: string }>("SELECT c::text AS text FROM sign_in_challenge c");
  expect(row?.text).not.toContain(nonce);
  expect(row?.text).not.toContain(toSs58(key.account));
});

it("asks for an address that is one", async () => {
  await using db = await testDatabase();
  await using console = await openAuthConsole(db);
  const answer = await console.browser().post("wallet/message", { address: "5Grwva" });
  expect([answer.status, (await answer.json()).detail]).toEqual([
    400,
    "This is no account: SS58 with prefix 54 or 42, or 0x and 64 digits.",
  ]);
});

async function insertOwner(db: Database, key: WalletKey) {
  const person = await insertPerson(db);
  const actor = { ...aPerson([]), id: person.id };
  await linkWay(aCtx({ db, actor }), { provider: "wallet", account: key.account, detail: key.scheme });
  return person;
}

async function begin(browser: TestBrowser, address: string, isLink = false): Promise<string> {
  const answer = await browser.post("wallet/message", { address, isLink });
  expect(answer.status).toBe(200);
  return (await answer.json()).message;
}

async function begun(db: Database, browser: TestBrowser) {
  const key = sr25519Key();
  const owner = await insertOwner(db, key);
  return { browser, key, owner, message: await begin(browser, key.account) };
}

function prove(browser: TestBrowser, message: string, key: WalletKey): Promise<Response> {
  return browser.post("wallet/proof", { message, signature: key.sign(wrapped(message)) });
}

async function expectRefusal(db: Database, answer: Response, reason: string): Promise<void> {
  const entry = await db.prisma.auditEntry.findFirst({
    where: { action: "session.refuse" },
    orderBy: { id: "desc" },
  });
  expect([answer.status, (await answer.json()).title, entry?.reason]).toEqual([401, reason, reason]);
  expect(answer.headers.getSetCookie().join()).not.toContain("session_token");
}

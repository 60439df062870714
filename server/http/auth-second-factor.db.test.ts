import { describe, expect, it } from "vitest";
import { toTotpSecret, totpCode, totpStepAt } from "../features/identity/totp-rules.ts";
import type { Mail } from "../ports/mailer.ts";
import { testDatabase } from "../testing/database.ts";
import { insertPerson, testPassword } from "../testing/insert-person.ts";
import { type AuthConsole, openAuthConsole, type TestBrowser } from "../testing/open-auth-console.ts";

describe("a second factor", () => {
  it("is asked after the password, and a code opens the session once", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { email } = await insertPerson(db);
    const { secret } = await setUp(console, email);
    console.clock.advance(60_000);
    const browser = console.browser();
    const challenge = await firstStep(browser, email);
    expect(await browser.statusOfMe()).toBe(401);
    const code = codeAt(console, secret);
    expect((await browser.post("second-factor", { challenge, code })).status).toBe(200);
    expect(await browser.statusOfMe()).toBe(200);
    const replay = console.browser();
    const again = await firstStep(replay, email);
    expect((await replay.post("second-factor", { challenge: again, code })).status).toBe(401);
    expect(await replay.statusOfMe()).toBe(401);
  });

  it("can be a recovery code, each once, however it is typed", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { email } = await insertPerson(db);
    const { codes } = await setUp(console, email);
    const [first = ""] = codes;
    const tried: unknown[] = [];
    for (const code of [first.toUpperCase().replaceAll("-", " "), first]) {
      const browser = console.browser();
      const answer = await browser.post("second-factor", {
        challenge: await firstStep(browser, email),
        code,
      });
      tried.push(answer.status === 200 ? (await answer.json()).recoveryLeft : answer.status);
    }
    expect(tried).toEqual([9, 401]);
  });

  it("is for the browser that knew the password, and for five minutes", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { email } = await insertPerson(db);
    const { secret } = await setUp(console, email);
    console.clock.advance(60_000);
    const browser = console.browser();
    const challenge = await firstStep(browser, email);
    const code = () => codeAt(console, secret);
    const thief = await console.browser().post("second-factor", { challenge, code: code() });
    expect(await thief.json()).toMatchObject({ status: 401, isOver: true });
    console.clock.advance(5 * 60_000);
    const late = await browser.post("second-factor", { challenge, code: code() });
    expect(await late.json()).toMatchObject({ status: 401, isOver: true });
    expect(await db.prisma.session.count()).toBe(1);
  });

  it("slows down who guesses codes", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { email } = await insertPerson(db);
    await setUp(console, email);
    const browser = console.browser();
    const challenge = await firstStep(browser, email);
    const statuses: number[] = [];
    for (let index = 0; index < 8; index += 1)
      statuses.push((await browser.post("second-factor", { challenge, code: "000000" })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const refusals = await db.prisma.auditEntry.count({ where: { reason: "The second factor is wrong." } });
    expect(refusals).toBe(5);
  });

  it("is kept unreadable, and taken off only with a code", async () => {
    await using db = await testDatabase();
    await using console = await openAuthConsole(db);
    const { email } = await insertPerson(db);
    const { browser, secret, codes } = await setUp(console, email);
    const stored = JSON.stringify([
      await db.sql("SELECT f::text FROM second_factor f"),
      await db.sql("SELECT c::text FROM recovery_code c"),
      await db.sql("SELECT a::text FROM audit_entry a"),
    ]);
    for (const hidden of [secret, ...codes]) expect(stored).not.toContain(hidden);
    expect((await browser.call("identity.removeSecondFactor", { code: "000000" })).status).toBe(400);
    expect((await browser.call("identity.removeSecondFactor", { code: codes[1] ?? "" })).status).toBe(200);
    expect((await console.browser().post("sign-in", { email, password: testPassword })).status).toBe(200);
    expect(await db.prisma.recoveryCode.count()).toBe(0);
  });
});

describe("a lost password", () => {
  it("is answered alike whoever asks; only who has an account gets a link, which works once", async () => {
    await using db = await testDatabase();
    const mails: Mail[] = [];
    const mailer = { isConfigured: true, send: async (mail: Mail) => void mails.push(mail) };
    await using console = await openAuthConsole(db, { mailer });
    const { email } = await insertPerson(db);
    const browser = console.browser();
    const answers = [
      await browser.post("reset", { email }),
      await browser.post("reset", { email: "nobody@test.local" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(["{}", "{}"]);
    await expect.poll(() => mails.length).toBe(1);
    expect(mails[0]?.to).toBe(email);
    const [, secret] = /http:\/\/console\.test\/sign-in\/password#(\S+)/.exec(mails[0]?.text ?? "") ?? [];
    expect((await browser.post("password", { secret, password: "another password" })).status).toBe(200);
    expect((await browser.post("password", { secret, password: "another password" })).status).toBe(400);
    expect((await browser.post("sign-in", { email, password: "another password" })).status).toBe(200);
  });

  it("is not asked for without end, and not at all where there is no mail", async () => {
    await using db = await testDatabase();
    const mailer = { isConfigured: true, send: async () => {} };
    await using console = await openAuthConsole(db, { mailer });
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1)
      statuses.push((await console.browser().post("reset", { email: `nobody-${index}@test.local` })).status);
    expect(statuses.slice(9)).toEqual([202, 429]);
    await using mute = await openAuthConsole(db);
    expect((await mute.browser().post("reset", { email: "a@test.local" })).status).toBe(409);
  });
});

async function setUp(console: AuthConsole, email: string) {
  const browser = console.browser();
  await browser.post("sign-in", { email, password: testPassword });
  const begun = (await (await browser.call("identity.beginSecondFactor")).json()).result.data;
  expect(begun.qr.length).toBeGreaterThan(20);
  const code = codeAt(console, begun.secret);
  const confirmed = await browser.call("identity.confirmSecondFactor", { code });
  const codes: string[] = (await confirmed.json()).result.data.codes;
  expect(new Set(codes).size).toBe(10);
  return { browser, codes, secret: String(begun.secret) };
}

async function firstStep(browser: TestBrowser, email: string): Promise<string> {
  const answer = await browser.post("sign-in", { email, password: testPassword });
  expect(answer.status).toBe(200);
  return (await answer.json()).challenge;
}

function codeAt(console: AuthConsole, secret: string): string {
  return totpCode(toTotpSecret(secret), totpStepAt(console.clock.now()));
}

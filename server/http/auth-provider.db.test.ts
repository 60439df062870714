import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openIdentityProvider } from "../adapters/auth/identity-provider.ts";
import { linkWay } from "../features/identity/link-way.ts";
import type { Grant } from "../kernel/roles.ts";
import type { Database } from "../ports/database.ts";
import { aCtx, aPerson, silentLogger } from "../testing/a-ctx.ts";
import { testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { authOrigin, openAuthConsole, type TestBrowser } from "../testing/open-auth-console.ts";
import { clientId, clientSecret, openTokenIssuer, type TokenIssuer } from "../testing/token-issuer.ts";

const operator: Grant = { role: "operator", network: "testnet", environment: null };
const admin: Grant = { role: "admin", network: null, environment: null };
const roleMap = new Map([
  ["ops", [operator]],
  ["admins", [admin]],
]);

const ines = { email: "Ines@Dragon.example", email_verified: true, name: "Inês Duarte" };

describe("somebody whom the provider knows", () => {
  it("gets an account with the roles of the claims, and the roles of today at every sign-in", async () => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    const browser = console.browser();
    const first = await comeBack(browser, issuer, { ...ines, groups: ["ops", "unknown"] });
    expect([first.status, first.headers.get("location")]).toEqual([303, "/sign-in?next=%2Ftestnet%2Fnodes"]);
    expect(await browser.statusOfMe()).toBe(200);
    expect(await grantsOf(db)).toEqual([{ role: "operator", network: 2, source: "claims" }]);
    await comeBack(console.browser(), issuer, { ...ines, groups: ["admins"] });
    expect(await grantsOf(db)).toEqual([{ role: "admin", network: null, source: "claims" }]);
    const [user] = await db.prisma.user.findMany();
    expect(user).toMatchObject({ email: "ines@dragon.example", name: "Inês Duarte" });
  });

  it("proves that the code is for who asked: PKCE, and the client's secret", async () => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    const browser = console.browser();
    const { address } = await (await browser.post("oidc/start", {})).json();
    const sent = new URL(address).searchParams;
    expect(Object.fromEntries(sent)).toMatchObject({
      response_type: "code",
      client_id: clientId,
      redirect_uri: "http://console.test/api/auth/oidc/callback",
      code_challenge_method: "S256",
    });
    issuer.next = { claims: { ...ines, groups: ["ops"], nonce: sent.get("nonce") } };
    await browser.get(`/api/auth/oidc/callback?code=c&state=${sent.get("state")}`);
    const verifier = issuer.asked[0]?.get("code_verifier") ?? "";
    expect(createHash("sha256").update(verifier).digest("base64url")).toBe(sent.get("code_challenge"));
  });

  it("never takes the last admin's role by a claim that is gone", async () => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    await comeBack(console.browser(), issuer, { ...ines, groups: ["admins"] });
    await comeBack(console.browser(), issuer, { ...ines, groups: [] });
    expect(await grantsOf(db)).toEqual([{ role: "admin", network: null, source: "claims" }]);
  });

  it("gets in by an invitation to the same address, and not into an account that is in use", async () => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    const invited = await insertPerson(db, { password: null });
    const inUse = await insertPerson(db);
    const enter = (email: string, sub: string) =>
      comeBack(console.browser(), issuer, { email, email_verified: true, sub });
    expect((await enter(invited.email, "a")).headers.get("location")).toBe(
      "/sign-in?next=%2Ftestnet%2Fnodes",
    );
    expect((await enter(inUse.email, "b")).headers.get("location")).toBe("/sign-in?refused=no-access");
    expect(await db.prisma.account.count({ where: { userId: inUse.id } })).toBe(1);
  });
});

describe("an answer is refused and audited", () => {
  it.each<[string, Partial<TokenIssuer["next"]>, RegExp]>([
    ["of another issuer", { claims: { iss: "https://evil.test" } }, /"iss"/],
    ["for another audience", { claims: { aud: "another-client" } }, /"aud"/],
    ["that has expired", { claims: { exp: 1_000_000_000 } }, /"exp"|expir/],
    ["with alg none", { alg: "none" }, /alg/],
    ["signed with the client's secret", { alg: "HS256" }, /alg|signature/i],
    ["signed with a key that is not the provider's", { isForged: true }, /signature/],
    ["with the nonce of another sign-in", { claims: { nonce: "another" } }, /nonce/],
    ["that the provider itself takes back", { tokenStatus: 400 }, /invalid_grant/],
  ])("%s", async (_what, next, reason) => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    const browser = console.browser();
    const answer = await comeBack(browser, issuer, { ...ines, groups: ["admins"], ...next.claims }, next);
    await expectRefusal(db, answer, { why: "answer", reason });
    expect(await browser.statusOfMe()).toBe(401);
    expect(await db.prisma.user.count()).toBe(0);
  });

  it("that comes a second time, late, from nowhere or to another browser", async () => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    const browser = console.browser();
    const path = await pathBack(browser, issuer, { ...ines, groups: ["ops"] });
    await expectRefusal(db, await console.browser().get(path), { why: "expired", reason: /other-browser/ });
    expect((await browser.get(path)).headers.get("location")).toContain("/sign-in?next=");
    const replay = await browser.get(path);
    expect(replay.headers.get("location")).toContain("refused=expired");
    const late = console.browser();
    const latePath = await pathBack(late, issuer, ines);
    console.clock.advance(10 * 60_000);
    await expectRefusal(db, await late.get(latePath), { why: "expired", reason: /expired/ });
    const nowhere = await late.get("/api/auth/oidc/callback?code=c&state=invented");
    await expectRefusal(db, nowhere, { why: "expired", reason: /unknown/ });
    expect(issuer.asked).toHaveLength(1);
  });

  it("for somebody without a role, or whose address is not verified", async () => {
    await using db = await testDatabase();
    await using issuer = await openTokenIssuer();
    await using console = await openConsole(db, issuer);
    const unknown = await comeBack(console.browser(), issuer, { ...ines, groups: ["guests"] });
    await expectRefusal(db, unknown, { why: "no-access", reason: /No claim gives a role/ });
    const unverified = { ...ines, email_verified: false, groups: ["admins"] };
    const answer = await comeBack(console.browser(), issuer, unverified);
    await expectRefusal(db, answer, { why: "no-access", reason: /no verified e-mail/ });
  });
});

it("links the provider to who is signed in; from then on it opens that account", async () => {
  await using db = await testDatabase();
  await using issuer = await openTokenIssuer();
  await using console = await openConsole(db, issuer);
  const person = await insertPerson(db);
  const browser = console.browser();
  await browser.post("sign-in", { email: person.email, password: "a test password" });
  const linked = await browser.get(await pathBack(browser, issuer, ines, { isLink: true }));
  expect(linked.headers.get("location")).toBe("/settings/account?linked=oidc");
  await comeBack(console.browser(), issuer, ines);
  const sessions = await db.prisma.session.findMany({ select: { userId: true, way: true } });
  expect(sessions).toContainEqual({ userId: person.id, way: "oidc" });
  const other = aCtx({ db, actor: { ...aPerson([]), id: (await insertPerson(db)).id } });
  const account = `${issuer.issuer} subject-1`;
  expect(await linkWay(other, { provider: "oidc", account, detail: "" })).toContain("another account");
});

it("says that the provider is away, and asks again later", async () => {
  await using db = await testDatabase();
  const issuer = await openTokenIssuer();
  await using console = await openConsole(db, issuer);
  await issuer[Symbol.asyncDispose]();
  const answer = await console.browser().post("oidc/start", {});
  expect([answer.status, (await answer.json()).detail]).toEqual([502, expect.stringContaining("Dragon ID")]);
});

function openConsole(db: Database, issuer: TokenIssuer) {
  const identityProvider = openIdentityProvider({
    name: "Dragon ID",
    issuer: new URL(issuer.issuer),
    clientId,
    clientSecret,
    redirectUri: new URL("/api/auth/oidc/callback", authOrigin),
    rolesClaim: "groups",
    roleMap,
    log: silentLogger,
  });
  return openAuthConsole(db, { identityProvider });
}

/** Begins, and gives the path on which the provider sends the browser back. */
async function pathBack(
  browser: TestBrowser,
  issuer: TokenIssuer,
  claims: object,
  options: { isLink?: boolean } & Partial<TokenIssuer["next"]> = {},
): Promise<string> {
  const { isLink = false, ...next } = options;
  const answer = await browser.post("oidc/start", { returnTo: "/testnet/nodes", isLink });
  expect(answer.status).toBe(200);
  const sent = new URL((await answer.json()).address).searchParams;
  issuer.next = { ...next, claims: { nonce: sent.get("nonce"), ...claims } };
  return `/api/auth/oidc/callback?code=c&state=${sent.get("state")}`;
}

async function comeBack(
  browser: TestBrowser,
  issuer: TokenIssuer,
  claims: object,
  next: Partial<TokenIssuer["next"]> = {},
): Promise<Response> {
  return browser.get(await pathBack(browser, issuer, claims, next));
}

function grantsOf(db: Database) {
  return db.prisma.roleGrant.findMany({ select: { role: true, network: true, source: true } });
}

type Refused = { why: string; reason: RegExp };

async function expectRefusal(db: Database, answer: Response, { why, reason }: Refused): Promise<void> {
  const entry = await db.prisma.auditEntry.findFirst({
    where: { action: "session.refuse" },
    orderBy: { id: "desc" },
  });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/sign-in?refused=${why}`]);
  expect(entry?.reason).toMatch(reason);
  expect(answer.headers.getSetCookie().join()).not.toContain("session_token");
}

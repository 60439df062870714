import { expect, it } from "vitest";
import { revokeSessionsOf } from "../features/identity/revoke-sessions-of.ts";
import type { Person } from "../features/identity/schema.ts";
import { updateGrants } from "../features/identity/update-grants.ts";
import { encodeNotice, type Notice, noticeChannel } from "../kernel/notice.ts";
import { adminCtx } from "../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { signedInHeaders } from "../testing/sign-in-person.ts";
import { type Browser, connectBrowser } from "./testing/connect-browser.ts";
import { eventually } from "./testing/eventually.ts";
import { openReplica, type Replica } from "./testing/open-replica.ts";

const mainnet = 3;
const testnet = 2;

it("lets nobody in without a session", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const own = { origin: replica.origin };
  await expect(connectBrowser(replica.origin, own)).rejects.toThrow("unauthenticated");
  const forged = { ...own, cookie: "console.session_token=forged.signature" };
  await expect(connectBrowser(replica.origin, forged)).rejects.toThrow("unauthenticated");
  expect(replica.audience.listRooms("")).toEqual([]);
});

it("lets no page of another site use a session", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const { headers } = await somebody(db, replica);
  const foreign = connectBrowser(replica.origin, { ...headers, origin: "http://elsewhere.test" });
  await expect(foreign).rejects.toThrow();
});

it("opens rooms of the networks that a grant covers, and no others", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const grants: Person["grants"] = [{ role: "viewer", network: "testnet", environment: null }];
  const { headers } = await somebody(db, replica, grants);
  using browser = await connectBrowser(replica.origin, headers);
  expect(await browser.join("network:testnet")).toEqual({ ok: true });
  for (const room of ["network:mainnet", "status:mainnet", `node:mainnet:0x${"a".repeat(64)}`])
    expect(await browser.join(room)).toMatchObject({ ok: false, code: "forbidden" });
  expect(replica.audience.hasListeners("network:mainnet")).toBe(false);
});

it("refuses names that are no room, also those that it uses itself", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  using browser = await aBrowser(db, replica);
  for (const room of ["", "lagging", "network:moonnet", "node:mainnet:0x12", "status:mainnet:more"])
    expect(await browser.join(room)).toMatchObject({ ok: false, code: "invalid" });
});

it("bounds the rooms of one socket", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  using browser = await aBrowser(db, replica);
  const rooms = Array.from({ length: 70 }, (_, n) => `node:mainnet:0x${String(n).padStart(64, "0")}`);
  const answers = await Promise.all(rooms.map((room) => browser.join(room)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(64);
  expect(answers.at(-1)).toMatchObject({ ok: false, code: "too_many" });
});

it("tells a network's room once what was announced at the same time, and nothing that was rolled back", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  using browser = await aBrowser(db, replica, ["status:mainnet", "status:testnet"]);
  // In one commit, so that they are heard within one pace.
  await announce(
    db,
    { topic: "registry", network: mainnet, ids: ["nodes"], at: 1 },
    { topic: "registry", network: mainnet, ids: ["clusters"], at: 2 },
  );
  await db.prisma
    .$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${encodeNotice({ topic: "registry", network: testnet, ids: ["nodes"], at: 3 })})`;
      throw new Error("rolled back");
    })
    .catch(() => {});
  await announce(db, { topic: "nodes.probes", network: testnet, ids: ["17"], at: 4 });
  await browser.hears(({ room }) => room === "status:testnet");
  expect(browser.heard).toEqual([
    {
      event: "notice",
      room: "status:mainnet",
      payload: { topic: "registry", network: "mainnet", ids: ["nodes", "clusters"], at: expect.any(String) },
    },
    // Ids of rows mean something inside the server only.
    {
      event: "notice",
      room: "status:testnet",
      payload: { topic: "nodes.probes", network: "testnet", ids: [], at: expect.any(String) },
    },
  ]);
});

it("sends the points of all nodes that stirred to the network's room, and each to its own", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const [first, second] = await Promise.all([insertNode(db, "1"), insertNode(db, "2")]);
  await insertNode(db, "3");
  using whole = await aBrowser(db, replica, ["network:mainnet"]);
  using single = await aBrowser(db, replica, [`node:mainnet:${second.key}`]);
  await announce(db, { topic: "nodes.readings", network: mainnet, ids: [first.id, second.id], at: 1 });
  const all = await whole.hears(({ event }) => event === "points");
  const one = await single.hears(({ event }) => event === "points");
  expect(keysOf(all)).toEqual([first.key, second.key]);
  expect(keysOf(one)).toEqual([second.key]);
});

it("takes the socket of a revoked session away", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const { person, headers } = await somebody(db, replica);
  using browser = await connectBrowser(replica.origin, headers);
  await browser.join("status:mainnet");
  await revokeSessionsOf(adminCtx(db), { personId: person.id, sessionId: null, reason: "laptop lost" });
  expect(await browser.closed).toBe("io server disconnect");
  expect(replica.audience.listRooms("")).toEqual([]);
});

it("notices within its own check that a session is gone, although nobody announced it", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  using browser = await aBrowser(db, replica, ["status:mainnet"]);
  await db.sql("DELETE FROM auth_session");
  expect(await browser.closed).toBe("io server disconnect");
});

it("takes rooms away that a narrowed grant does not cover any more", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const { person, headers } = await somebody(db, replica);
  using browser = await connectBrowser(replica.origin, headers);
  await browser.join("status:mainnet");
  await browser.join("status:testnet");
  const grants: Person["grants"] = [{ role: "viewer", network: "testnet", environment: null }];
  await updateGrants(adminCtx(db), { personId: person.id, grants, reason: "" });
  await eventually(() => replica.audience.hasListeners("status:mainnet")).toBe(false);
  expect(replica.audience.hasListeners("status:testnet")).toBe(true);
});

it("delivers from every replica, each of which listens for itself", async () => {
  await using db = await testDatabase();
  await using left = await openReplica({ db, databaseUrl: db.url });
  await using right = await openReplica({ db, databaseUrl: db.url });
  using one = await aBrowser(db, left, ["status:mainnet"]);
  using two = await aBrowser(db, right, ["status:mainnet"]);
  await announce(db, { topic: "registry", network: mainnet, ids: "all", at: 1 });
  const heard = await Promise.all([one, two].map((browser) => browser.hears(() => true)));
  expect(heard.map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ topic: "registry", ids: "all" }),
    expect.objectContaining({ topic: "registry", ids: "all" }),
  ]);
});

async function somebody(db: TestDatabase, replica: Replica, grants?: Person["grants"]) {
  await eventually(() => replica.listener.health().state).toBe("ok");
  const person = await insertPerson(db, grants ? { grants } : {});
  const signedIn = await signedInHeaders(db, { email: person.email });
  return { person, headers: { origin: replica.origin, cookie: signedIn.get("cookie") ?? "" } };
}

async function aBrowser(db: TestDatabase, replica: Replica, rooms: readonly string[] = []): Promise<Browser> {
  const { headers } = await somebody(db, replica);
  const browser = await connectBrowser(replica.origin, headers);
  for (const room of rooms) await browser.join(room);
  return browser;
}

async function announce(db: TestDatabase, ...notices: Notice[]): Promise<void> {
  await db.sql("SELECT pg_notify($1, told) FROM unnest($2::text[]) AS told", [
    noticeChannel,
    notices.map(encodeNotice),
  ]);
}

async function insertNode(db: TestDatabase, digit: string): Promise<{ id: string; key: string }> {
  const key = `0x${digit.repeat(64)}`;
  const [row] = await db.sql<{ id: number }>(
    "INSERT INTO ddc_node (network, node_key) VALUES ($1, $2) RETURNING id",
    [mainnet, key],
  );
  return { id: String(row?.id), key };
}

function keysOf(heard: Awaited<ReturnType<Browser["hears"]>>): string[] {
  return heard.event === "points" ? heard.payload.nodes.map(({ key }) => key).sort() : [];
}

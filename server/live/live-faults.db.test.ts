import { expect, it } from "vitest";
import { LiveConnection } from "../../app/_client/live/live-connection.ts";
import type { ToTab } from "../../app/_client/live/live-protocol.ts";
import { openDatabase } from "../adapters/postgres/database.ts";
import { encodeNotice, type Notice, noticeChannel } from "../kernel/notice.ts";
import type { Database } from "../ports/database.ts";
import { testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { startOwnPostgres } from "../testing/own-postgres.ts";
import { signedInHeaders } from "../testing/sign-in-person.ts";
import type { LiveMessage } from "./messages.ts";
import { connectBrowser } from "./testing/connect-browser.ts";
import { eventually } from "./testing/eventually.ts";
import { consoleOrigin, openReplica, type Replica } from "./testing/open-replica.ts";
import { openPausableProxy } from "./testing/pausable-proxy.ts";

const mainnet = 3;
const registryChanged: Notice = { topic: "registry", network: mainnet, ids: ["nodes"], at: 1 };

it("joins its rooms again after the server was away, and says how long it heard nothing", async () => {
  await using db = await testDatabase();
  const first = await openReplica({ db, databaseUrl: db.url });
  const tab = await openTab(db, first);
  await tab.tells(({ kind }) => kind === "state");
  tab.wants(["status:mainnet"]);
  await eventually(() => first.audience.hasListeners("status:mainnet")).toBe(true);
  await first.stop();
  await tab.tells((told) => told.kind === "state" && told.state.kind === "reconnecting");
  await using second = await openReplica({ db, databaseUrl: db.url, port: first.port });
  const told = await tab.tells(({ kind }) => kind === "gap");
  expect(told).toMatchObject({ kind: "gap", gap: { missed: expect.any(Number) } });
  // In its rooms again before it says so: what is loaded now misses nothing in between.
  expect(second.audience.hasListeners("status:mainnet")).toBe(true);
  await eventually(() => second.listener.health().state).toBe("ok");
  await announce(db, registryChanged);
  await tab.tells((message) => message.kind === "message" && message.message.event === "notice");
  tab.close();
});

it("gives up when the session ended, and comes back when the person signed in again", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  const tab = await openTab(db, replica);
  tab.wants(["status:mainnet"]);
  await eventually(() => replica.audience.hasListeners("status:mainnet")).toBe(true);
  const [session] = await db.sql<{ id: string; expires_at: Date }>(
    "UPDATE auth_session SET expires_at = now() - interval '1 s' RETURNING id, expires_at",
  );
  await tab.tells((told) => told.kind === "state" && told.state.kind === "signed_out");
  await db.sql("UPDATE auth_session SET expires_at = now() + interval '1 h' WHERE id = $1", [session?.id]);
  // A tab speaks every now and then, and when somebody comes back from the sign-in page.
  await eventually(() => {
    tab.wants(["status:mainnet"]);
    return replica.audience.hasListeners("status:mainnet");
  }).toBe(true);
  tab.close();
});

it("skips a socket that is too slow, tells it how much it missed, and lets it listen again", async () => {
  await using db = await testDatabase();
  await using replica = await openReplica({ db, databaseUrl: db.url });
  await using link = await openPausableProxy(replica.port);
  const headers = await signedIn(db, replica);
  using slow = await connectBrowser(`http://127.0.0.1:${link.port}`, headers);
  using quick = await connectBrowser(replica.origin, headers);
  for (const browser of [slow, quick]) await browser.join("network:mainnet");
  link.pause();
  const sent = 400;
  for (let n = 0; n < sent; n += 1) {
    replica.audience.send("network:mainnet", bulk);
    await new Promise(setImmediate);
  }
  link.resume();
  const { messages } = await slow.missed;
  expect(messages).toBeGreaterThan(0);
  expect(slow.heard.length + messages).toBe(sent);
  await eventually(() => quick.heard.length).toBe(sent);
  replica.audience.send("network:mainnet", bulk);
  await eventually(() => slow.heard.length + messages).toBe(sent + 1);
});

it("hears again after PostgreSQL was restarted, and says that everything may have changed", async () => {
  await using postgres = await startOwnPostgres();
  await using db = openDatabase({
    connectionString: postgres.url,
    maxConnections: 5,
    applicationName: "console-test",
  });
  await using replica = await openReplica({ db, databaseUrl: postgres.url });
  using browser = await connectBrowser(replica.origin, await signedIn(db, replica));
  await browser.join("status:mainnet");
  await postgres.kill();
  await eventually(() => replica.listener.health().state).toBe("degraded");
  expect(replica.listener.health()).toMatchObject({
    reason: expect.stringContaining("PostgreSQL"),
    since: expect.any(Date),
  });
  await postgres.start();
  await browser.hears(({ event, payload }) => event === "notice" && payload.topic === "everything");
  await announce(db, registryChanged);
  await browser.hears(({ event, payload }) => event === "notice" && payload.topic === "registry");
  expect(replica.listener.health().state).toBe("ok");
});

/** 20 kB: what a tick of a large network weighs. */
const bulk: LiveMessage = {
  event: "notice",
  payload: {
    topic: "registry",
    network: "mainnet",
    ids: Array.from({ length: 2_000 }, (_, n) => String(n).padStart(8, "0")),
    at: "2026-11-23T12:00:00.000Z",
  },
};

async function signedIn(db: Database, replica: Replica) {
  await eventually(() => replica.listener.health().state).toBe("ok");
  const person = await insertPerson(db);
  const headers = await signedInHeaders(db, { email: person.email });
  return { origin: consoleOrigin, cookie: headers.get("cookie") ?? "" };
}

/** The real client of the browser, with everything it tells its tabs. */
async function openTab(db: Database, replica: Replica) {
  const told: ToTab[] = [];
  const connection = new LiveConnection({
    origin: replica.origin,
    extraHeaders: await signedIn(db, replica),
    now: Date.now,
    deliver: (message) => told.push(message),
  });
  return {
    wants: (rooms: readonly string[]) => connection.hear("tab", { kind: "rooms", rooms }),
    tells: async (fits: (message: ToTab) => boolean) => {
      await eventually(() => told.some(fits)).toBe(true);
      return told.find(fits);
    },
    close: () => connection.close(),
  };
}

async function announce(db: Database, notice: Notice): Promise<void> {
  await db.sql("SELECT pg_notify($1, $2)", [noticeChannel, encodeNotice(notice)]);
}

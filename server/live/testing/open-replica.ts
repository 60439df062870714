import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { listenForNotices, type NoticeListener } from "../../adapters/postgres/notice-listener.ts";
import { buildSessions } from "../../features/identity/build-sessions.ts";
import { listLivePoints } from "../../features/nodes/list-live-points.ts";
import { buildConsoleServer } from "../../http/console-server.ts";
import { fetchHeaders } from "../../http/exchange.ts";
import { isOwnPage } from "../../http/same-origin.ts";
import { systemClock } from "../../kernel/clock.ts";
import { stopInOrder } from "../../kernel/lifecycle.ts";
import type { Database } from "../../ports/database.ts";
import { silentLogger } from "../../testing/a-ctx.ts";
import { anIssuer } from "../../testing/sign-in-person.ts";
import type { Audience } from "../audience.ts";
import { startHub } from "../hub.ts";
import { openLiveSocket } from "../live-socket.ts";

/** What BASE_URL is here: the address of a page that may open a socket. */
export const consoleOrigin = "http://console.test";

/** The live layer of one web replica, on a port of its own. */
export type Replica = AsyncDisposable & {
  origin: string;
  port: number;
  audience: Audience;
  listener: NoticeListener;
  /** Ends the first time that changes of the database are heard. */
  listening: Promise<void>;
  stop(): Promise<void>;
};

export type ReplicaParts = { db: Database; databaseUrl: string; port?: number; tickMs?: number };

export async function openReplica(parts: ReplicaParts): Promise<Replica> {
  const { db, databaseUrl, port: wantedPort = 0, tickMs = 50 } = parts;
  const metrics = buildMetrics({});
  const door = buildConsoleServer({
    baseUrl: new URL(consoleOrigin),
    trustedProxies: [],
    log: silentLogger,
    metrics,
  });
  const port = await door.listen(wantedPort, "127.0.0.1");
  const socket = openLiveSocket({
    httpServer: door.server,
    sessions: buildSessions({ db, clock: systemClock, issuer: anIssuer(db) }),
    headersOf: fetchHeaders,
    isOwnPage: (headers) => isOwnPage(headers, consoleOrigin),
    destroyForeignUpgrades: true,
    clock: systemClock,
    log: silentLogger,
    metrics,
  });
  const hub = startHub({
    audience: socket.audience,
    onSessionsChanged: socket.recheck,
    listPoints: (wanted) => listLivePoints({ db }, wanted),
    clock: systemClock,
    log: silentLogger,
    tickMs,
  });
  const listening = Promise.withResolvers<void>();
  const listener = listenForNotices({
    connectionString: databaseUrl,
    onNotice: hub.take,
    onListening: (isFirst) => {
      listening.resolve();
      if (!isFirst) hub.everythingMayHaveChanged();
    },
    clock: systemClock,
    log: silentLogger,
    beatMs: 100,
  });
  const stop = () =>
    stopInOrder([door, hub, listener, socket], (error) => {
      throw error;
    });
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    audience: socket.audience,
    listener,
    listening: listening.promise,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

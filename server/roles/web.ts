import { listenForNotices } from "../adapters/postgres/notice-listener.ts";
import { openSessionIssuer } from "../deps.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { listLivePoints } from "../features/nodes/list-live-points.ts";
import { authRoute } from "../http/auth-route.ts";
import type { ConsoleServer } from "../http/console-server.ts";
import { fetchHeaders } from "../http/exchange.ts";
import { exportRoute } from "../http/exports.ts";
import { openNextPages } from "../http/next-pages.ts";
import { pageRoute } from "../http/page-route.ts";
import { isOwnPage } from "../http/same-origin.ts";
import { trpcRoute } from "../http/trpc-route.ts";
import { stopInOrder } from "../kernel/lifecycle.ts";
import { startHub } from "../live/hub.ts";
import { openLiveSocket } from "../live/live-socket.ts";
import type { Surroundings } from "../trpc/context.ts";
import type { Parts, StartedRole } from "./parts.ts";
import { serverSlotOf } from "./server-slot.ts";

/** Pages, API and live socket on one port. */
export async function startWeb(parts: Parts, door: ConsoleServer): Promise<StartedRole> {
  const { config, db, deps, clock, log, metrics } = parts;
  const isDevelopment = config.mode === "development";
  const issuer = openSessionIssuer(config, db, log);
  const sessions = buildSessions({ db, clock, issuer });
  const socket = openLiveSocket({
    httpServer: door.server,
    sessions,
    headersOf: fetchHeaders,
    isOwnPage: (headers) => isOwnPage(headers, config.baseUrl.origin),
    destroyForeignUpgrades: !isDevelopment,
    clock,
    log: log.child({ part: "live" }),
    metrics,
  });
  const hub = startHub({
    audience: socket.audience,
    onSessionsChanged: socket.recheck,
    listPoints: (wanted) => listLivePoints({ db }, wanted),
    clock,
    log: log.child({ part: "hub" }),
  });
  const listener = listenForNotices({
    connectionString: config.databaseUrl,
    onNotice: hub.take,
    onListening: (isFirst) => {
      if (!isFirst) hub.everythingMayHaveChanged();
    },
    clock,
    log: log.child({ part: "listener" }),
  });

  const self = { ...deps.self, health: () => [listener.health(), hub.health()] };
  const around: Surroundings = { db, deps: { ...deps, self }, sessions, clock };
  Reflect.set(globalThis, Symbol.for("cere.console.server"), serverSlotOf(around, log));
  const pages = await openNextPages({
    server: door.server,
    host: config.host,
    port: config.port,
    isDevelopment,
  });

  door.open([
    trpcRoute(around),
    exportRoute(around),
    authRoute({ db, clock, issuer, sessions }),
    pageRoute(pages.handle, isDevelopment),
  ]);
  const stop = () =>
    stopInOrder([pages, hub, listener, socket], (error) =>
      log.error({ err: error }, "a part of web failed to stop"),
    );
  const checks = [
    { part: "live notices", check: listener.health },
    { part: "live points", check: hub.health },
  ];
  return { stop, checks };
}

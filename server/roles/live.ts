import type { Server } from "node:http";
import { listenForNotices, type NoticeListener } from "../adapters/postgres/notice-listener.ts";
import { forgetWhatChanged } from "../features/nodes/forget-what-changed.ts";
import { listLivePoints } from "../features/nodes/list-live-points.ts";
import { fetchHeaders } from "../http/exchange.ts";
import { isOwnPage } from "../http/same-origin.ts";
import type { Clock } from "../kernel/clock.ts";
import { type Running, stopInOrder } from "../kernel/lifecycle.ts";
import type { Audience } from "../live/audience.ts";
import { type Hub, startHub } from "../live/hub.ts";
import { openLiveSocket } from "../live/live-socket.ts";
import type { Database } from "../ports/database.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Self } from "../ports/self.ts";
import type { Sessions } from "../ports/sessions.ts";

export type LiveParts = {
  httpServer: Server;
  databaseUrl: string;
  db: Database;
  sessions: Sessions;
  self: Self;
  /** Origin of BASE_URL. */
  baseOrigin: string;
  /** In development Next answers the upgrades of hot reload. */
  isDevelopment: boolean;
  /** Told beside the sockets that sessions ended or may do less now. */
  onSessionsChanged?(sessionIds: readonly string[] | "all"): void;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Other than by default in tests only. */
  tickMs?: number;
  beatMs?: number;
};

export type Live = Running & { audience: Audience; hub: Hub; listener: NoticeListener };

/** Listener, hub and sockets of one web replica. */
export function startLive(parts: LiveParts): Live {
  const { db, clock, log, isDevelopment, baseOrigin } = parts;
  const socket = openLiveSocket({
    ...parts,
    headersOf: fetchHeaders,
    isOwnPage: (headers) => isOwnPage(headers, baseOrigin),
    destroyForeignUpgrades: !isDevelopment,
    log: log.child({ part: "live socket" }),
  });
  const hub = startHub({
    audience: socket.audience,
    onSessionsChanged: (sessionIds) => {
      socket.recheck(sessionIds);
      parts.onSessionsChanged?.(sessionIds);
    },
    listPoints: (wanted) => listLivePoints({ db, clock, deps: { self: parts.self } }, wanted),
    clock,
    log: log.child({ part: "live hub" }),
    ...(parts.tickMs && { tickMs: parts.tickMs }),
  });
  const listener = listenForNotices({
    connectionString: parts.databaseUrl,
    onNotice: (notice) => {
      forgetWhatChanged(db, notice);
      hub.take(notice);
    },
    onListening: (isFirst) => {
      if (!isFirst) hub.everythingMayHaveChanged();
    },
    clock,
    log: log.child({ part: "live listener" }),
    ...(parts.beatMs && { beatMs: parts.beatMs }),
  });
  const stop = () =>
    stopInOrder([socket, hub, listener], (error) =>
      log.error({ err: error }, "a part of live failed to stop"),
    );
  return { audience: socket.audience, hub, listener, stop };
}

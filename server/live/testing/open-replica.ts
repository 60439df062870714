import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { buildSessions } from "../../features/identity/build-sessions.ts";
import { testSelf } from "../../features/nodes/testing/insert-node.ts";
import { buildConsoleServer } from "../../http/console-server.ts";
import { systemClock } from "../../kernel/clock.ts";
import { stopInOrder } from "../../kernel/lifecycle.ts";
import type { Database } from "../../ports/database.ts";
import { type Live, startLive } from "../../roles/live.ts";
import { silentLogger } from "../../testing/a-ctx.ts";
import { anIssuer } from "../../testing/sign-in-person.ts";

/** What BASE_URL is here: the address of a page that may open a socket. */
export const consoleOrigin = "http://console.test";

/** The live layer of one web replica, on a port of its own. */
export type Replica = Live & AsyncDisposable & { origin: string; port: number };

export type ReplicaParts = { db: Database; databaseUrl: string; port?: number };

export async function openReplica({ db, databaseUrl, port: wanted = 0 }: ReplicaParts): Promise<Replica> {
  const metrics = buildMetrics({});
  const common = { log: silentLogger, metrics };
  const door = buildConsoleServer({ ...common, baseUrl: new URL(consoleOrigin), trustedProxies: [] });
  const port = await door.listen(wanted, "127.0.0.1");
  const live = startLive({
    ...common,
    httpServer: door.server,
    databaseUrl,
    db,
    self: testSelf,
    sessions: buildSessions({ db, clock: systemClock, issuer: anIssuer(db) }),
    baseOrigin: consoleOrigin,
    isDevelopment: false,
    clock: systemClock,
    tickMs: 50,
    beatMs: 100,
  });
  const stop = () =>
    stopInOrder([live, door], (error) => {
      throw error;
    });
  return { ...live, origin: `http://127.0.0.1:${port}`, port, stop, [Symbol.asyncDispose]: stop };
}

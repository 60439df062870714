import { openGrafanaKey } from "../deps.ts";
import type { ConsoleServer } from "../http/console-server.ts";
import type { Route } from "../http/exchange.ts";
import { buildGrafanaProxy } from "../http/grafana/grafana-proxy.ts";
import { grafanaKeySetRoute } from "../http/grafana/key-set-route.ts";
import type { Running } from "../kernel/lifecycle.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Parts } from "./parts.ts";

export type Frames = Running & {
  recheck(sessionIds: readonly string[] | "all"): void;
  /** On the console's own host. */
  routes: readonly Route[];
};

/** Grafana's host names on the console's port, where a Grafana is configured and has one. */
export function openFrames(parts: Parts, door: ConsoleServer, sessions: Sessions): Frames {
  const { config, db, deps, clock, log } = parts;
  const { url, publicHost } = config.grafana;
  const key = openGrafanaKey(config);
  const routes = url === null ? [] : [grafanaKeySetRoute(key)];
  if (url === null || publicHost === null) return { recheck: () => {}, routes, stop: async () => {} };
  const proxy = buildGrafanaProxy({
    ...{ db, sessions, clock, key, publicHost },
    vault: deps.vault,
    sites: deps.grafana.sites,
    upstream: url,
    baseUrl: config.baseUrl,
    log: log.child({ part: "grafana frames" }),
  });
  door.openSite(proxy);
  return { recheck: proxy.recheck, routes, stop: proxy.stop };
}

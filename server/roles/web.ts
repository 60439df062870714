import { openExportFiles, openSessionIssuer } from "../deps.ts";
import { startUploadSweep } from "../features/agents/start-upload-sweep.ts";
import { anchorKeyOf } from "../features/audit/anchor-key.ts";
import { keepChain } from "../features/audit/keep-chain.ts";
import { findExportSource } from "../features/exports/sources.ts";
import { startExportWorker } from "../features/exports/start-export-worker.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { startNotify } from "../features/notify/start-notify.ts";
import { getStatus } from "../features/system/get-status.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { agentsRoute } from "../http/agents-route.ts";
import { alertmanagerRoute } from "../http/alertmanager-route.ts";
import { auditAnchorsRoute } from "../http/audit-anchors.ts";
import { authRoute } from "../http/auth-route.ts";
import type { ConsoleServer } from "../http/console-server.ts";
import { contentRoute, replicasRoute } from "../http/content-route.ts";
import { exportFileRoute } from "../http/export-file.ts";
import { exportRoute } from "../http/exports.ts";
import { lineageRoute } from "../http/lineage-route.ts";
import { openNextPages } from "../http/next-pages.ts";
import { pageRoute } from "../http/page-route.ts";
import { trpcRoute } from "../http/trpc-route.ts";
import { type Running, stopInOrder } from "../kernel/lifecycle.ts";
import { type NetworkName, networkByName } from "../kernel/networks.ts";
import { watchStatus } from "../live/watch-status.ts";
import type { Surroundings } from "../trpc/context.ts";
import { openFrames } from "./frames.ts";
import { type Live, startLive } from "./live.ts";
import type { Parts, StartedRole } from "./parts.ts";
import { serverSlotOf } from "./server-slot.ts";

/** Pages, API and live socket on one port. */
export async function startWeb(parts: Parts, door: ConsoleServer): Promise<StartedRole> {
  const { config, db, deps, clock, log, metrics } = parts;
  const isDevelopment = config.mode === "development";
  const issuer = openSessionIssuer(config, db, log);
  const sessions = buildSessions({ db, clock, issuer });
  const tokens = buildTokenGate({ db, clock });
  const frames = openFrames(parts, door, sessions);
  const live = startLive({
    ...parts,
    httpServer: door.server,
    databaseUrl: config.databaseUrl,
    self: deps.self,
    sessions,
    baseOrigin: config.baseUrl.origin,
    isDevelopment,
    onSessionsChanged: frames.recheck,
  });
  const { hub, listener } = live;
  const self = { ...deps.self, health: () => [listener.health(), hub.health()] };
  const around: Surroundings = { db, deps: { ...deps, self }, sessions, tokens, clock };
  const watch = watchSources(around, live);
  Reflect.set(globalThis, Symbol.for("cere.console.server"), serverSlotOf(around, log));
  const artefacts = openExportFiles(config);
  const { auditSigningSecret } = config;
  const chain = keepChain({
    db,
    clock,
    anchorKey: auditSigningSecret ? anchorKeyOf(auditSigningSecret) : null,
    log: log.child({ part: "audit" }),
  });
  const exporting = startExportWorker({
    ...around,
    artefacts,
    findSource: findExportSource,
    maxBytes: config.exports.maxBytes,
    log: log.child({ part: "exports" }),
  });
  const notifying = startNotify({
    ctx: {
      ...{ db, deps: around.deps, clock, address: null },
      actor: { kind: "system", id: "notify", name: "Notifications" },
      requestId: "notify",
      log: log.child({ part: "notify" }),
    },
    metrics,
  });
  const uploads = startUploadSweep({ ...around, log: log.child({ part: "uploads" }) });
  const { host, port } = config;
  const pages = await openNextPages({ server: door.server, host, port, isDevelopment });
  door.open([
    trpcRoute(around),
    exportFileRoute(around, artefacts),
    exportRoute(around),
    contentRoute(around),
    replicasRoute(around),
    agentsRoute(around),
    lineageRoute(tokens, { db, clock }),
    alertmanagerRoute(tokens, { db, clock }),
    authRoute({ db, deps, clock, issuer, sessions, baseUrl: config.baseUrl }),
    auditAnchorsRoute(around),
    ...frames.routes,
    pageRoute(pages.handle, { isDevelopment, frameOrigins: deps.grafana.sites.map(({ origin }) => origin) }),
  ]);
  const stop = () =>
    stopInOrder([pages, live, frames, watch, exporting, notifying, uploads, chain], (error) =>
      log.error({ err: error }, "a part of web failed to stop"),
    );
  const checks = [
    { part: "live notices", check: listener.health },
    { part: "live points", check: hub.health },
    { part: "audit chain", check: chain.health },
    { part: "notifications", check: async () => notifying.health() },
  ];
  return { stop, checks };
}

/** Pages hear within a second that something which feeds them failed or healed, and first of all that Grafana did. */
function watchSources(around: Surroundings, { audience, hub }: Live): Running {
  const { grafana } = around.deps;
  const tell = (topic: "system" | "grafana") => (network: NetworkName) =>
    hub.take({ topic, network: networkByName(network).id, ids: [], at: around.clock.now().getTime() });
  const sources = watchStatus({
    audience,
    readSignature: async (network) => {
      const { degraded } = await getStatus(around, { network });
      return degraded.map(({ part, since }) => `${part} ${since}`).join();
    },
    onChange: tell("system"),
  });
  const frames = watchStatus({
    audience,
    readSignature: async () => (await grafana.state()).kind,
    onChange: tell("grafana"),
  });
  return {
    stop: async () => {
      await Promise.all([sources.stop(), frames.stop()]);
    },
  };
}

import { buildLogger } from "./adapters/log/build-logger.ts";
import { buildMetrics } from "./adapters/metrics/build-metrics.ts";
import { loadConfig, type RoleName } from "./config.ts";
import { openDeps } from "./deps.ts";
import { exitOnWrongConfig } from "./exit.ts";
import { buildTokenGate } from "./features/tokens/token-gate.ts";
import { buildConsoleServer, type ConsoleServer } from "./http/console-server.ts";
import { healthzRoute, metricsRoute, readyzRoute } from "./http/health.ts";
import { systemClock } from "./kernel/clock.ts";
import { type Running, stopInOrder } from "./kernel/lifecycle.ts";
import { startObservers } from "./observers.ts";
import { databaseChecks } from "./roles/database-checks.ts";
import { startIngestRole } from "./roles/ingest.ts";
import type { Parts, StartedRole } from "./roles/parts.ts";
import { startWeb } from "./roles/web.ts";

const stopLimitMs = 9_000;
const aliveEveryMs = 5_000;

const config = exitOnWrongConfig(loadConfig);
const role = config.roles.join(",");
const observers = await startObservers(config);
const log = buildLogger({ level: config.logLevel, base: { role }, onError: observers.report });
const metrics = buildMetrics({ role });
const started: Running[] = [observers];
const startRole: Record<RoleName, (parts: Parts, door: ConsoleServer) => Promise<StartedRole>> = {
  web: startWeb,
  ingest: startIngestRole,
};
let isStopping = false;

process.on("uncaughtException", (error) => {
  log.error({ err: error }, "uncaught error; the process ends");
  void observers.stop().finally(() => process.exit(1));
});
process.on("unhandledRejection", (error) =>
  log.error({ err: error }, "a promise failed and nobody heard it"),
);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
// The supervisor is gone: nobody would restart or stop this process any more.
process.on("disconnect", () => void stop("disconnect"));
// As soon as the event loop runs, also while the start waits for something.
setInterval(() => process.send?.("alive"), aliveEveryMs).unref();
process.send?.("alive");

try {
  await start();
} catch (error) {
  log.error({ err: error }, "the start failed");
  await observers.stop();
  process.exit(1);
}

async function start(): Promise<void> {
  const opened = openDeps(config, log);
  started.push(opened);
  const parts: Parts = { config, db: opened.db, deps: opened.deps, clock: systemClock, log, metrics };
  const door = buildConsoleServer({
    baseUrl: config.baseUrl,
    trustedProxies: config.trustedProxies,
    log,
    metrics,
  });
  const checks = databaseChecks(opened.db);
  const health = { version: config.release.version, roles: config.roles, checks };
  const gate = buildTokenGate({ db: opened.db, clock: systemClock });
  const metricsDoor = { token: config.metricsToken, gate };
  door.open([healthzRoute(health), readyzRoute(health), metricsRoute(metrics, metricsDoor)]);
  for (const name of config.roles) {
    const running = await startRole[name](parts, door);
    checks.push(...running.checks);
    started.push(running);
  }
  const port = await door.listen(config.port, config.host);
  started.push(door);
  log.info({ port, baseUrl: config.baseUrl.href, ...config.release }, "ready");
}

async function stop(reason: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ reason }, "stopping");
  setTimeout(() => {
    log.error({ stopLimitMs }, "not everything stopped in time");
    process.exit(1);
  }, stopLimitMs);
  await stopInOrder(started, (error) => log.error({ err: error }, "a part failed to stop"));
  log.info({}, "stopped");
  process.exit(0);
}

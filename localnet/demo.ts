import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { deployAgents } from "./agents/deploy-agents.ts";
import { buildConsole, generateClient } from "./build-console.ts";
import { userCacheDirectory } from "./kafka/start-kafka.ts";
import { historyHours, simulatedNetworks } from "./localnet-options.ts";
import { type Monitoring, startMonitoring } from "./monitoring/start-monitoring.ts";
import { startPeople } from "./people/start-people.ts";
import { claimDirectory } from "./processes/directory-claim.ts";
import { supervise } from "./processes/supervise.ts";
import { demoPassword, demoRoles, findConsolePort, prepareDatabase, startConsole } from "./start-console.ts";
import { type RunningLocalnet, startLocalnet } from "./start-localnet.ts";

/** `npm run demo`: a local network and a console that watches it, from nothing, in one command. */
const root = dirname(import.meta.dirname);
const directory = resolve(process.env.LOCALNET_DIR ?? join(root, ".local"), "network");
const startedAt = Date.now();
const stopRequested = Promise.withResolvers<string | null>();
let isReady = false;
let monitoring: Monitoring | null = null;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => requestStop());
process.on("disconnect", () => requestStop());

const claim = claimDirectory(directory);
if (claim.kind === "taken")
  fail(`A local network runs here already (process ${claim.pid}). Stop it, or set LOCALNET_DIR.`);
try {
  await run();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

async function run(): Promise<void> {
  say("starting PostgreSQL, Kafka and the nodes");
  const build = { root, env: process.env, say };
  // Both need it: the pages, and what prepares the database.
  await generateClient(build);
  const [localnet] = await Promise.all([startNetwork(), buildConsole(build)]);
  const port = await choosePort();
  const consoleUrl = process.env.BASE_URL ?? `http://localhost:${port}`;
  const own = environmentFor(localnet, port);
  const [people, watchers] = await Promise.all([
    startPeople({
      directory,
      consoleUrl,
      clientSecret: secretFor(localnet, "identity provider"),
      say,
      onGiveUp: (reason) => stopRequested.resolve(reason),
    }),
    startWatchers(localnet, port),
  ]);
  monitoring = watchers;
  const options = { root, directory, port, env: { ...people.environment, ...watchers.environment, ...own } };
  say("starting the console");
  const console_ = await supervise({
    name: "The console",
    start: () => startConsole(options),
    say,
    onGiveUp: (reason) => stopRequested.resolve(`${reason} See ${join(directory, "console.log")}.`),
  });
  const access = { consoleUrl: options.env.BASE_URL ?? consoleUrl, password: demoPassword };
  // Not waited for: the console is whole without it.
  const watching = watchers.watchConsole(access);
  await deployAgents(access).catch((error: unknown) =>
    say(`the ready-made agents are not deployed: ${String(error)}`),
  );
  isReady = true;
  say(
    `ready after ${Math.round((Date.now() - startedAt) / 1000)} s. npm run localnet -- help: what can go wrong on purpose`,
  );
  say(`Local ID, the identity provider: ${people.providerUrl}; mail goes to ${people.mailFolder}`);
  for (const line of watchers.parts()) say(line);
  console.log(`\n${invitation(options.env.BASE_URL ?? "")}`);
  const reason = await Promise.race([stopRequested.promise, localnet.failed]);
  say(reason ?? "stopping");
  await watching;
  await watchers.stop();
  await console_.stop();
  await people.stop();
  await localnet.stop();
  process.exit(reason ? 1 : 0);
}

function startNetwork(): Promise<RunningLocalnet> {
  return startLocalnet({
    directory,
    cacheDirectory: userCacheDirectory(process.env),
    databaseUrl: process.env.DATABASE_URL || null,
    brokers: process.env.KAFKA_BROKERS?.split(",") ?? null,
    simulated: process.argv.includes("--no-nodes") ? [] : simulatedNetworks(process.env),
    recordsPerSecond: 200,
    historyHours: historyHours(process.env),
    onDatabase: (databaseUrl) =>
      prepareDatabase({ root, env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl } }),
    otherParts: () => monitoring?.parts() ?? [],
    say,
  });
}

async function choosePort(): Promise<number> {
  const preferred = Number(process.env.PORT ?? 3000);
  const port = await findConsolePort(preferred);
  if (port !== preferred) say(`port ${preferred} or the next one is taken: the console listens on ${port}`);
  return port;
}

/** Prometheus and Alertmanager, unless there is an Alertmanager of the user's own. */
function startWatchers(localnet: RunningLocalnet, consolePort: number): Promise<Monitoring> {
  const metricsToken = process.env.METRICS_TOKEN || secretFor(localnet, "metrics");
  const hasOwn = Boolean(process.env.ALERTMANAGER_URLS);
  return startMonitoring({ root, directory, consolePort, metricsToken, hasOwn, say });
}

/** The same at every start of this local network, and another for each purpose. */
function secretFor({ state }: RunningLocalnet, purpose: string): string {
  return createHash("sha256").update(`${purpose} ${state.authSecret}`).digest("hex");
}

function environmentFor(localnet: RunningLocalnet, port: number): NodeJS.ProcessEnv {
  return {
    AUTH_SECRET: localnet.state.authSecret,
    HOST: "127.0.0.1",
    BASE_URL: `http://localhost:${port}`,
    ...process.env,
    ...localnet.environment,
    NODE_ENV: "production",
    PORT: String(port),
  };
}

function invitation(address: string): string {
  const others = demoRoles.filter((role) => role !== "admin").map((role) => `${role}@`);
  return `Open ${address} and sign in as admin@demo.local (or ${others.join(", ")}demo.local) with the password ${demoPassword}. Ctrl-C stops everything.`;
}

/** While parts are still starting there is nothing to put down in order: they end with this process. */
function requestStop(): void {
  if (isReady) stopRequested.resolve(null);
  else process.exit(130);
}

function say(line: string): void {
  console.log(`  ${line}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

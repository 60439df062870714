import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { buildLogger } from "./adapters/log/build-logger.ts";
import { migrate } from "./adapters/postgres/migrate.ts";
import { inheritedEnvironment, loadConfig, type RoleName } from "./config.ts";
import { exitOnWrongConfig } from "./exit.ts";
import { systemClock } from "./kernel/clock.ts";
import { superviseRole } from "./supervise-role.ts";

/**
 * `npm start`: brings the database up to date, then runs every role as a child process of its own, with one log.
 * A child that dies is started again; a signal stops web first, then ingest. Production runs the roles apart.
 */
const config = exitOnWrongConfig(loadConfig);
const log = buildLogger({ level: config.logLevel, base: { role: "supervisor" } });
const stopLimitMs = 9_500;
const silenceLimitMs = 30_000;
const startLimitMs = 180_000;

try {
  const applied = await migrate(config.databaseUrl, join(import.meta.dirname, "../prisma/migrations"));
  if (applied.length > 0) log.info({ applied }, "database migrated");
} catch (error) {
  log.error({ err: error }, "the database could not be brought up to date");
  process.exit(1);
}

const running = config.roles.map((role, position) => {
  const stop = new AbortController();
  const children: ChildProcess[] = [];
  const start = () => {
    const child = startRole(role, config.port + position);
    children.push(child);
    return child;
  };
  const ended = superviseRole({
    role,
    start,
    stop: stop.signal,
    silenceLimitMs,
    startLimitMs,
    clock: systemClock,
    log: log.child({ child: role }),
  });
  return { stop, ended, kill: () => children.at(-1)?.kill("SIGKILL") };
});

const signalled = Promise.withResolvers<number>();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => signalled.resolve(0));
const wish = await Promise.race([signalled.promise, ...running.map((role) => role.ended)]);
process.exit(await stopInTurn(wish));

async function stopInTurn(wish: number): Promise<number> {
  const deadline = setTimeout(() => {
    log.error({ stopLimitMs }, "not everything stopped in time; the rest is killed");
    for (const role of running) role.kill();
  }, stopLimitMs);
  let exitCode = wish;
  for (const role of running) {
    role.stop.abort();
    exitCode ||= await role.ended;
  }
  clearTimeout(deadline);
  return exitCode;
}

/** On one machine each further role serves health and metrics one port higher. */
function startRole(role: RoleName, port: number): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, "main.ts"), `--roles=${role}`], {
    env: { ...inheritedEnvironment(), PORT: String(port), BASE_URL: config.baseUrl.href },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
}

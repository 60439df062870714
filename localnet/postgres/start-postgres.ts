import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { type Child, startChild, stopLeftover, tailOf } from "../processes/child.ts";
import { findFreePort } from "../processes/free-port.ts";
import { commandOf } from "../processes/process-identity.ts";
import { giveTo, type Placement, placePostgres } from "./placement.ts";

export type PostgresOptions = {
  /** Data, log and password live here. The caller has claimed it (processes/directory-claim.ts). */
  directory: string;
  /** Taken when free; else another. */
  preferredPort?: number;
  /** Server settings beside the defaults, as `postgres -c name=value`. */
  settings?: Readonly<Record<string, string>>;
};

export type RunningPostgres = {
  /** Superuser, database `postgres`, over TCP. */
  url: string;
  /** The same through a Unix socket, a third cheaper a statement; over TCP where the path is too long for one. */
  socketUrl: string;
  port: number;
  /** Where data and log are: the one that was asked for, or its stand-in that PostgreSQL's user can reach. */
  directory: string;
  exited: Child["exited"];
  /** Fast shutdown: sessions end, everything committed is on disk. */
  stop(): Promise<void>;
  /** As a crash. The next start recovers. */
  kill(): Promise<void>;
};

const defaults = {
  listen_addresses: "127.0.0.1",
  max_connections: "200",
  shared_buffers: "256MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  timezone: "UTC",
  log_timezone: "UTC",
};

const readyMs = 60_000;
const run = promisify(execFile);

/** A real PostgreSQL 18 on the loopback interface; its data survives, and it ends with this process. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const placement = await placePostgres(options.directory);
  const { directory } = placement;
  await stopLeftover(pidFileIn(directory), "INT");
  await initialise(placement);
  forgetStrangersLock(join(directory, "data"));
  const port = await findFreePort(options.preferredPort ?? 54_320);
  const url = `postgres://postgres:${readPassword(directory)}@127.0.0.1:${port}/postgres`;
  const socketDirectory = socketDirectoryOf(join(directory, "data"));
  const socketUrl = socketDirectory ? `${url}?host=${encodeURIComponent(socketDirectory)}` : url;
  const settings = { ...defaults, unix_socket_directories: socketDirectory, ...options.settings };
  const child = await launch({ placement, port, url, settings });
  const kill = async () => {
    child.signal("SIGKILL");
    await child.exited;
  };
  return { url, socketUrl, port, directory, exited: child.exited, stop: () => child.stop(), kill };
}

/** Where only the server's own user writes, and a socket's path fits (107 bytes everywhere); else empty. */
function socketDirectoryOf(data: string): string {
  const isPossible =
    process.platform !== "win32" && Buffer.byteLength(join(data, ".s.PGSQL.65535.lock")) <= 100;
  if (!isPossible) return "";
  const left = readdirSync(data).filter((name) => name.startsWith(".s.PGSQL."));
  for (const name of left) rmSync(join(data, name), { force: true });
  return data;
}

type Launch = { placement: Placement; port: number; url: string; settings: Readonly<Record<string, string>> };

/** After a crash its sessions take a moment to notice; until then the server refuses to start beside them. */
async function launch(plan: Launch, attempt = 1): Promise<Child> {
  const { binaries, directory, user } = plan.placement;
  const logFile = join(directory, "postgres.log");
  const settings = Object.entries(plan.settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = await startChild({
    name: "PostgreSQL",
    command: binaries.postgres,
    args: ["-D", join(directory, "data"), "-p", String(plan.port), ...settings],
    logFile,
    pidFile: pidFileIn(directory),
    stopSignal: "INT",
    stopMs: 8_000,
    cwd: directory,
    env: environment(),
    user,
  });
  if (await becomesReady(plan.url, child)) return child;
  const log = tailOf(logFile);
  await child.stop();
  if (attempt < 20 && log.includes("pre-existing shared memory block")) {
    await delay(250);
    return launch(plan, attempt + 1);
  }
  throw new Error(`PostgreSQL did not start. Its log (${logFile}) ends with:\n${log}`);
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

/** Made beside its final place and moved there when complete: an interrupted start leaves nothing half made. */
async function initialise({ binaries, directory, user }: Placement): Promise<void> {
  const data = join(directory, "data");
  if (existsSync(join(data, "PG_VERSION"))) return requireVersion(data, "18");
  const fresh = join(directory, "data.new");
  rmSync(fresh, { recursive: true, force: true });
  giveTo(user, fresh);
  const passwordFile = passwordFileIn(directory);
  writeFileSync(passwordFile, `${randomBytes(18).toString("hex")}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const login = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  await run(binaries.initdb, ["-D", fresh, "--encoding=UTF8", "--locale=C", ...login], {
    cwd: directory,
    env: environment(),
    timeout: 120_000,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
  renameSync(fresh, data);
}

function requireVersion(data: string, expected: string): void {
  const version = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (version !== expected)
    throw new Error(
      `${data} was made by PostgreSQL ${version}, this is ${expected}. Move it away to start anew.`,
    );
}

/**
 * The server clears a lock file of a process that is gone by itself. But when that number now belongs to another
 * program it refuses to start, so then we clear it.
 */
function forgetStrangersLock(data: string): void {
  const lock = join(data, "postmaster.pid");
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
  const command = commandOf(pid);
  if (command?.includes(data))
    throw new Error(`Process ${pid} is a PostgreSQL that runs in ${data}. Stop it first.`);
  if (command !== null) rmSync(lock, { force: true });
}

async function becomesReady(url: string, child: Child): Promise<boolean> {
  const deadline = Date.now() + readyMs;
  while (!child.hasExited() && Date.now() < deadline) {
    if (await answers(url)) return true;
    await delay(50);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function pidFileIn(directory: string): string {
  return join(directory, "postgres.pid");
}

function passwordFileIn(directory: string): string {
  return join(directory, "password");
}

function readPassword(directory: string): string {
  return readFileSync(passwordFileIn(directory), "utf8").trim();
}

/** Nothing of ours (PGDATA, PGPORT, locale) may reach the server. */
function environment(): NodeJS.ProcessEnv {
  return { NODE_ENV: "production", PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

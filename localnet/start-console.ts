import { join } from "node:path";
import { type Child, startChild, stopLeftover, tailOf } from "./processes/child.ts";
import { findFreePort } from "./processes/free-port.ts";
import { runTool } from "./run-tool.ts";

export type ConsoleOptions = {
  root: string;
  /** Log and pid file. */
  directory: string;
  env: NodeJS.ProcessEnv;
  port: number;
};

/** One account for each role; see README.md. They exist on local networks only. */
export const demoPassword = "local-network-only";
export const demoRoles = ["viewer", "operator", "developer", "auditor", "admin"] as const;

/** A busy machine may need minutes. */
const readyMs = 300_000;

/** The web role's port; the ingest role takes the next one, so both must be free. */
export async function findConsolePort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + 200; port += 2)
    if ((await findFreePort(port)) === port && (await findFreePort(port + 1)) === port + 1) return port;
  throw new Error(`No two free ports beside each other from ${preferred} on. Set PORT.`);
}

/** Brings the console's database up to date and makes the demo's accounts. Running it again changes nothing. */
export async function prepareDatabase({ root, env }: Pick<ConsoleOptions, "root" | "env">): Promise<void> {
  const node = { command: process.execPath, cwd: root, env };
  await runTool({
    ...node,
    name: "Migrating the database",
    args: ["server/adapters/postgres/migrate-cli.ts"],
  });
  const people = demoRoles.map((role) => ({
    name: `${role[0]?.toUpperCase()}${role.slice(1)} of the demo`,
    email: `${role}@demo.local`,
    password: demoPassword,
    grants: [{ role, network: null, environment: null }],
  }));
  const input = JSON.stringify(people);
  await runTool({ ...node, name: "Making the demo's accounts", args: ["server/create-users.ts"], input });
}

/** All roles of the console, as `npm start` runs them. Resolves when both are ready. */
export async function startConsole({ root, directory, env, port }: ConsoleOptions): Promise<Child> {
  const logFile = join(directory, "console.log");
  const pidFile = join(directory, "console.pid");
  await stopLeftover(pidFile, "TERM");
  const child = await startChild({
    name: "The console",
    command: process.execPath,
    args: ["--disable-warning=TimeoutNegativeWarning", "server/start.ts"],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 7_000,
    cwd: root,
    env,
  });
  const deadline = Date.now() + readyMs;
  while (!(await isReady(port)) || !(await isReady(port + 1))) {
    if (child.hasExited() || Date.now() > deadline) {
      await child.stop();
      throw new Error(
        `The console did not become ready. Its log (${logFile}) ends with:\n${tailOf(logFile)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return child;
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

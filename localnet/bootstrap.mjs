// Plain JavaScript for old Nodes: brings the packages and Node 24, then hands over to TypeScript.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const leastNode = [20, 19];
const goodNode = 24;

/** Ends the process with words when the machine's Node is too old to install the packages. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  console.error(
    `This needs Node ${leastNode.join(".")} or newer; here is ${process.versions.node}. See https://nodejs.org.`,
  );
  process.exit(1);
}

/** Installs the packages when they are missing or older than the lock file. */
export function installPackages() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs
  )
    return;
  console.log("Installing packages …");
  run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
}

/** Path of a Node that runs TypeScript as it is: this one, or the one that came with the packages. */
export function modernNode() {
  if (Number(process.versions.node.split(".")[0]) >= goodNode) return process.execPath;
  const require = createRequire(join(root, "package.json"));
  return join(dirname(require.resolve("node/package.json")), "bin", "node");
}

/** Runs a command in the project's folder with Node 24 first on the path; ends this process when it fails. */
export function run(command, args, env = {}) {
  const status = tryRun(command, args, env);
  if (status !== 0) process.exit(status);
}

/** The exit status. */
export function tryRun(command, args, env = {}) {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(":");
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: path, ...env },
  });
  if (result.error) {
    console.error(`Could not start ${command}: ${result.error.message}`);
    return 1;
  }
  return result.status ?? 1;
}

// Plain JavaScript for any Node that `engines` allows: brings the packages and the Node that the rest runs on.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const oldest = [20, 19];
const wantedMajor = 24;

/** Runs a script of this repository on Node 24 with our arguments, and ends as it ends. */
export function runOnCurrentNode(script) {
  requireOldest();
  installPackages();
  const child = spawn(
    currentNode(),
    ["--disable-warning=TimeoutNegativeWarning", join(root, script), ...process.argv.slice(2)],
    { cwd: root, stdio: ["inherit", "inherit", "inherit", "ipc"], env: environment() },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  endWithNpm(child);
  child.on("error", (error) => fail(`Node could not be started: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function requireOldest() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  fail(`Node ${oldest.join(".")} or newer is needed, this is ${process.versions.node}: https://nodejs.org`);
}

/** npm keeps a lockfile of its own in node_modules: when ours is newer, something is missing there. */
function installPackages() {
  const installed = join(modules, ".package-lock.json");
  const isCurrent =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
  if (isCurrent) return;
  const quietly = ["--no-fund", "--no-audit", "--loglevel=error"];
  console.log("installing packages (npm ci)");
  if (npm(["ci", ...quietly])) return;
  // A mirror that lacks packages of other platforms fails the check of `npm ci`, not the installation.
  console.log("npm ci refused; installing the same versions with npm install");
  if (!npm(["install", "--no-save", ...quietly]))
    fail("The packages could not be installed; npm says why above.");
}

/** The machine's own where it is new enough, else the one that npm's package `node` brings. */
function currentNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= wantedMajor) return process.execPath;
  const brought = join(modules, ".bin", "node");
  if (!runs(brought)) npm(["rebuild", "node"]);
  if (!runs(brought))
    fail("npm's package `node` brought no Node 24. Run npm ci --foreground-scripts to see why.");
  return brought;
}

function runs(program) {
  return existsSync(program) && spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

function npm(args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith(".js") ? [process.execPath, [cli]] : ["npm", []];
  const { status, error } = spawnSync(command, [...first, ...args], { cwd: root, stdio: "inherit" });
  if (error) console.error(`npm could not be started: ${error.message}`);
  return status === 0;
}

/** Children find Node 24 and the tools first, as under `npm run`. */
function environment() {
  return {
    ...process.env,
    PATH: `${join(modules, ".bin")}:${process.env.PATH ?? ""}`,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** When npm is killed outright nobody tells us: then our parent is another one. */
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1_000).unref();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

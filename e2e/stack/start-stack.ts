import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { processesOfRun } from "./console-processes.ts";
import { addressFile, runDirectory, stackDirectory } from "./stack-facts.ts";

/** The first start installs and builds; a busy machine takes its time. */
const startLimitMs = 900_000;
const endLimitMs = 15_000;
/** Nothing can be looked at before the console has caught up with what was before the first start. */
const oneHour = { LOCALNET_HISTORY_HOURS: "1" };
const logFile = join(runDirectory, "demo.log");

/** Playwright's global setup: the demo as people start it, with a folder of its own. Returns its end. */
export default async function startStack(): Promise<() => Promise<void>> {
  mkdirSync(runDirectory, { recursive: true });
  const running = process.env.E2E_ADDRESS;
  if (running) {
    writeFileSync(addressFile, running);
    return async () => {};
  }
  const demo = spawn(process.execPath, ["localnet/demo.mjs"], {
    env: { ...process.env, ...oneHour, LOCALNET_DIR: stackDirectory, PORT: process.env.E2E_PORT ?? "3700" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    writeFileSync(addressFile, await addressOf(demo));
  } catch (error) {
    await stop(demo);
    throw error;
  }
  return async () => {
    await stop(demo);
    await expectNothingLeft();
  };
}

/** The demo's last line names the address: "Open http://localhost:3000 and sign in …". */
function addressOf(demo: ChildProcess): Promise<string> {
  const { stdout, stderr } = demo;
  if (!stdout || !stderr) throw new Error("The demo has no output.");
  const log = createWriteStream(logFile);
  stderr.pipe(log, { end: false });
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error(`The demo was not ready in ${startLimitMs} ms; see ${logFile}`));
    const limit = setTimeout(tooLate, startLimitMs);
    demo.once("exit", (code) => reject(new Error(`The demo ended with ${code}; see ${logFile}`)));
    createInterface({ input: stdout }).on("line", (line) => {
      log.write(`${line}\n`);
      const address = /^Open (https?:\/\/\S+) and sign in/.exec(line)?.[1];
      if (!address) return;
      clearTimeout(limit);
      resolve(address);
    });
  });
}

async function stop(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null || demo.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => demo.once("exit", () => resolve()));
  demo.kill("SIGINT");
  await ended;
}

/** Ctrl-C has to stop everything that the demo started. */
async function expectNothingLeft(): Promise<void> {
  const deadline = Date.now() + endLimitMs;
  while (processesOfRun().length > 0 && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 250));
  const left = processesOfRun();
  if (left.length > 0) throw new Error(`The demo was stopped and left behind:\n${left.join("\n")}`);
}

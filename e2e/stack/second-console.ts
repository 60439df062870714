import { join, resolve } from "node:path";
import { startChild, stopLeftover } from "../../localnet/processes/child.ts";
import { consoleEnvironment } from "./console-processes.ts";
import { runDirectory } from "./stack-facts.ts";

/** A busy machine may need minutes. */
const readyMs = 120_000;
const logFile = join(runDirectory, "second-console.log");
const pidFile = join(runDirectory, "second-console.pid");

/**
 * One more web process of the console, at http://localhost:<port>, as the one that runs but for these settings. It has
 * the same database and secret, and cookies do not know ports: who is signed in there is signed in here.
 */
export async function startSecondConsole(port: number, settings: Record<string, string>) {
  const url = `http://localhost:${port}`;
  await stopLeftover(pidFile, "TERM");
  const child = await startChild({
    name: "The second console",
    command: process.execPath,
    args: [resolve("server/main.ts"), "--roles=web"],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 7_000,
    env: {
      NODE_ENV: "production",
      ...consoleEnvironment("web"),
      BASE_URL: url,
      PORT: String(port),
      ...settings,
    },
  });
  const deadline = Date.now() + readyMs;
  while (!(await isReady(port))) {
    if (child.hasExited() || Date.now() > deadline) {
      await child.stop();
      throw new Error(`The second console did not become ready; see ${logFile}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return { url, [Symbol.asyncDispose]: () => child.stop() };
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { stackDirectory, stackFile } from "./stack-facts.ts";

const startLimitMs = 300_000;

/** Playwright's global setup: the demo as people start it, with a folder of its own. Returns its end. */
export default async function startStack(): Promise<() => Promise<void>> {
  mkdirSync(dirname(stackFile), { recursive: true });
  const demo = spawn(process.execPath, ["localnet/demo.mjs"], {
    env: { ...process.env, LOCALNET_DIR: stackDirectory, PORT: process.env.E2E_PORT ?? "3700" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(`${stackDirectory}.log`);
  demo.stderr.pipe(log);
  const address = await addressOf(demo, log);
  writeFileSync(stackFile, JSON.stringify({ address, pid: demo.pid }));
  return () => stop(demo);
}

/** The demo's last line names the address: "… http://localhost:3000 …". */
function addressOf(demo: ChildProcess, log: NodeJS.WritableStream): Promise<string> {
  const { stdout } = demo;
  if (!stdout) throw new Error("The demo has no output.");
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`The demo was not ready in ${startLimitMs} ms.`)),
      startLimitMs,
    );
    demo.once("exit", (code) => reject(new Error(`The demo ended with ${code}; see ${stackDirectory}.log`)));
    createInterface({ input: stdout }).on("line", (line) => {
      log.write(`${line}\n`);
      const address = /https?:\/\/localhost:\d+/.exec(line)?.[0];
      if (!address || !/sign in/i.test(line)) return;
      clearTimeout(limit);
      resolve(address);
    });
  });
}

async function stop(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => demo.once("exit", () => resolve()));
  demo.kill("SIGINT");
  await ended;
}

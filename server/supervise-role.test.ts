import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { systemClock } from "./kernel/clock.ts";
import type { Logger } from "./ports/logger.ts";
import { superviseRole } from "./supervise-role.ts";
import { configExitCode } from "./supervision.ts";
import { silentLogger } from "./testing/a-ctx.ts";

const livesUntilStopped =
  "process.on('SIGTERM', () => process.exit(0)); process.send('alive'); setInterval(() => {}, 1000);";

it("starts a role again that was killed, and lets it end when told to", async () => {
  const { children, started, stop, done } = supervise([livesUntilStopped, livesUntilStopped]);
  await started(1);
  children[0]?.kill("SIGKILL");
  await started(2);
  stop.abort();
  expect(await done).toBe(0);
  expect(children).toHaveLength(2);
});

it("does not start a role again whose configuration is wrong", async () => {
  const { children, done } = supervise([`process.exit(${configExitCode})`]);
  expect(await done).toBe(configExitCode);
  expect(children).toHaveLength(1);
});

it("kills a role that went silent, because only a stuck one does", async () => {
  const stuck = "process.send('alive'); while (true);";
  const { children, said, started, stop, done } = supervise([stuck, livesUntilStopped], {
    silenceLimitMs: 500,
  });
  await started(2);
  expect(children[0]?.signalCode).toBe("SIGKILL");
  expect(said).toContain("web has been silent for too long and is killed");
  stop.abort();
  await done;
});

it("kills nobody for what it slept through itself", async () => {
  const supervisor = spawn(process.execPath, ["--input-type=module", "-e", supervisorOfOne], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  supervisor.stdout.on("data", (chunk) => {
    said += chunk;
  });
  await expect.poll(() => said, { timeout: 10_000 }).toContain("alive");
  supervisor.kill("SIGSTOP");
  await pause(2_500);
  supervisor.kill("SIGCONT");
  await pause(1_000);
  supervisor.kill("SIGTERM");
  await once(supervisor, "exit");
  expect(said).toBe("alive");
});

it("gives a role more time for its first sign of life than for those that follow", async () => {
  const slow = "setTimeout(() => process.send('alive'), 1500); setInterval(() => {}, 1000);";
  const { children, started, stop, done } = supervise([slow], { silenceLimitMs: 500, startLimitMs: 60_000 });
  await started(1);
  expect(children[0]?.signalCode).toBeNull();
  stop.abort();
  await done;
});

it("kills a role that never says anything", async () => {
  const mute = "setInterval(() => {}, 1000);";
  const { children, stop, done } = supervise([mute, livesUntilStopped], { startLimitMs: 500 });
  await expect.poll(() => children[0]?.signalCode, { timeout: 10_000 }).toBe("SIGKILL");
  stop.abort();
  await done;
});

/** A process that supervises a role which beats ten times a second, and says when it begins and what is wrong. */
const supervisorOfOne = `
  import { spawn } from "node:child_process";
  import { superviseRole } from ${JSON.stringify(new URL("supervise-role.ts", import.meta.url).href)};
  const stop = new AbortController();
  process.on("SIGTERM", () => stop.abort());
  const say = (_fields, message) => process.stdout.write(message);
  await superviseRole({
    role: "web",
    start: () => {
      const child = spawn(process.execPath, ["-e", "setInterval(() => process.send('alive'), 100)"], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      child.once("message", () => process.stdout.write("alive"));
      return child;
    },
    stop: stop.signal,
    silenceLimitMs: 500,
    startLimitMs: 60_000,
    clock: { now: () => new Date() },
    log: { warn: say, error: say },
  });
`;

/** Each run of the role executes the next of the scripts. */
function supervise(
  scripts: readonly string[],
  { silenceLimitMs = 60_000, startLimitMs = 60_000 }: { silenceLimitMs?: number; startLimitMs?: number } = {},
) {
  const children: ChildProcess[] = [];
  const said: string[] = [];
  const log: Logger = { ...silentLogger, error: (_fields, message) => said.push(message) };
  const stop = new AbortController();
  let alive = 0;
  const start = () => {
    const child = spawn(process.execPath, ["-e", scripts[children.length] ?? ""], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    children.push(child);
    child.once("message", () => {
      alive += 1;
    });
    return child;
  };
  const done = superviseRole({
    role: "web",
    start,
    stop: stop.signal,
    silenceLimitMs,
    startLimitMs,
    clock: systemClock,
    log,
  });
  const started = (count: number) => expect.poll(() => alive, { timeout: 10_000 }).toBe(count);
  return { children, said, stop, done, started };
}

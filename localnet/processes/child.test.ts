import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { startChild, stopLeftover } from "./child.ts";
import { claimDirectory } from "./directory-claim.ts";
import { readLivePid, writePidFile } from "./pid-file.ts";
import { identityOf } from "./process-identity.ts";

const directory = mkdtempSync(join(tmpdir(), "localnet-child-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** There from when a sleeper no longer ends when asked. */
const readyFile = (name: string) => join(directory, `${name}.ready`);

const sleeper = (name: string) => ({
  name,
  command: "/bin/sh",
  // Without a trap a shell would pass; this one has to be insisted upon.
  args: ["-c", `trap '' TERM; : > '${readyFile(name)}'; while :; do sleep 0.1; done`],
  logFile: null,
  pidFile: join(directory, `${name}.pid`),
  stopSignal: "TERM" as const,
  stopMs: 200,
});

it("insists when a child does not stop when asked", async () => {
  const child = await startChild(sleeper("stubborn"));
  expect(readLivePid(join(directory, "stubborn.pid"))).toBe(child.pid);
  await expect.poll(() => existsSync(readyFile("stubborn")), { timeout: 10_000 }).toBe(true);
  await child.stop();
  expect(await child.exited).toEqual({ code: null, signal: "SIGKILL" });
  expect(readLivePid(join(directory, "stubborn.pid"))).toBeNull();
});

it("stops what an earlier run left behind", async () => {
  const left = spawn("/bin/sh", ["-c", "while :; do sleep 0.1; done"], { detached: true, stdio: "ignore" });
  const ended = once(left, "exit");
  writePidFile(join(directory, "left.pid"), left.pid ?? 0);
  await stopLeftover(join(directory, "left.pid"), "TERM");
  await ended;
  expect(identityOf(left.pid ?? 0)).toBeNull();
});

it("leaves alone a stranger that got the number of a process that is gone", async () => {
  const path = join(directory, "stranger.pid");
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: "of another time" }));
  expect(readLivePid(path)).toBeNull();
  await stopLeftover(path, "TERM");
  expect(identityOf(process.pid)).not.toBeNull();
});

it("stops the children of a program that was killed outright", async () => {
  const script = fileURLToPath(new URL("fixtures/parent-of-one.ts", import.meta.url));
  const parent = spawn(process.execPath, [script, directory], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line));
  expect(identityOf(pid)).not.toBeNull();
  parent.kill("SIGKILL");
  await once(parent, "exit");
  await expect.poll(() => identityOf(pid), { timeout: 20_000 }).toBeNull();
});

it("gives a directory to one process at a time", () => {
  const path = join(directory, "claimed");
  const first = claimDirectory(path);
  const second = claimDirectory(path);
  expect(first.kind).toBe("claimed");
  expect(second).toEqual({ kind: "taken", directory: path, pid: process.pid });
  if (first.kind === "claimed") first.release();
  expect(claimDirectory(path).kind).toBe("claimed");
});

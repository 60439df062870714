import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { identityOf } from "./processes/process-identity.ts";
import { runTool } from "./run-tool.ts";

const directory = mkdtempSync(join(tmpdir(), "localnet-tool-"));
afterAll(() => rmSync(directory, { recursive: true }));
const shell = (script: string) => ({
  name: "The tool",
  command: "/bin/sh",
  args: ["-c", script],
  cwd: directory,
});

it("gives what the tool wrote, and shows it when the tool fails", async () => {
  expect(await runTool({ ...shell("cat; echo end"), input: "begin " })).toBe("begin end\n");
  await expect(runTool(shell("echo it broke >&2; exit 3"))).rejects.toThrow("The tool failed:\nit broke");
});

it.each(["SIGINT", "SIGKILL"] as const)(
  "leaves nothing of a tool behind when who runs it ends by %s",
  async (signal) => {
    const numberFile = join(directory, `number-${signal}`);
    const script = fileURLToPath(new URL("processes/fixtures/runner-of-tool.ts", import.meta.url));
    const runner = spawn(process.execPath, [script, numberFile], { stdio: "ignore" });
    await expect
      .poll(() => existsSync(numberFile) && readFileSync(numberFile, "utf8"), { timeout: 20_000 })
      .toMatch(/\d\n/);
    const number = Number(readFileSync(numberFile, "utf8"));
    expect(identityOf(number)).not.toBeNull();
    runner.kill(signal);
    await once(runner, "exit");
    await expect.poll(() => identityOf(number), { timeout: 20_000 }).toBeNull();
  },
);

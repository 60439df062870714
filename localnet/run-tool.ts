import { spawn } from "node:child_process";
import { prepareGuard, releaseGroup, watchGroup } from "./processes/guard.ts";

export type Tool = {
  /** In words, for the message when it fails. */
  name: string;
  command: string;
  args: readonly string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
};

/**
 * Runs a program to its end. Its output is shown only when it fails. With what it starts itself it is a process group of
 * its own, which never outlives this process.
 */
export function runTool({ name, command, args, cwd, env, input }: Tool): Promise<string> {
  return new Promise((resolve, reject) => {
    prepareGuard();
    const child = spawn(command, args, { cwd, stdio: "pipe", detached: true, ...(env ? { env } : {}) });
    const output: Buffer[] = [];
    const { pid } = child;
    if (pid !== undefined) watchGroup(pid, "TERM");
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (pid !== undefined) releaseGroup(pid);
      const text = Buffer.concat(output).toString("utf8");
      if (code === 0) resolve(text);
      else reject(new Error(`${name} failed:\n${text.trimEnd().split("\n").slice(-40).join("\n")}`));
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { stackDirectory } from "./stack-facts.ts";

const run = promisify(execFile);

/** `npm run localnet -- …` against the network of this run: the same command that people use. */
export async function localnet(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ["localnet/cli.ts", ...args], {
    env: { ...process.env, LOCALNET_DIR: stackDirectory },
    timeout: 30_000,
  });
  return stdout;
}

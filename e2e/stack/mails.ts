import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stackDirectory } from "./stack-facts.ts";

const folder = join(stackDirectory, "network", "mail");

/** The newest mail to this address that the network's mail server has taken, as it came; null while there is none. */
export function newestMailTo(address: string): string | null {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const newest = names
    .filter((name) => name.endsWith(`-${address}.eml`))
    .sort()
    .at(-1);
  return newest === undefined ? null : readFileSync(join(folder, newest), "utf8");
}

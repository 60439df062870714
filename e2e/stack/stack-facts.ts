import { readFileSync } from "node:fs";
import { join } from "node:path";

export const stackDirectory = join(process.cwd(), ".local", "e2e");
export const stackFile = `${stackDirectory}.json`;

/** Where the console of this run answers. */
export function stackAddress(): string {
  const facts: { address: string } = JSON.parse(readFileSync(stackFile, "utf8"));
  return facts.address;
}

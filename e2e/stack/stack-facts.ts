import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Everything of this run lies here; a second run starts on what the first one left. */
export const runDirectory = resolve(process.env.LOCALNET_DIR ?? ".local", "e2e");

/**
 * E2E_ADDRESS and E2E_LOCALNET_DIR name a demo that runs already: journeys then use it instead of one of their own, and
 * leave it running.
 */
export const stackDirectory = process.env.E2E_LOCALNET_DIR
  ? resolve(process.env.E2E_LOCALNET_DIR)
  : join(runDirectory, "localnet");
export const addressFile = join(runDirectory, "address");

/** Where the console of this run answers. */
export function stackAddress(): string {
  return readFileSync(addressFile, "utf8").trim();
}

/** Cookies of somebody who is signed in with this role; written by the first journey of a run. */
export function sessionFile(role: string): string {
  return join(runDirectory, "sessions", `${role}.json`);
}

/** What `/metrics` asks for: the demo's Prometheus has a token for it; where there is none, nobody needs one. */
export function metricsHeaders(): Record<string, string> {
  const file = join(stackDirectory, "network", "monitoring", "console-metrics-token");
  return existsSync(file) ? { authorization: `Bearer ${readFileSync(file, "utf8").trim()}` } : {};
}

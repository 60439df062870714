import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a local network remembers from its first start on. */
export type LocalState = { bornAt: number; authSecret: string };

export function readOrCreateState(directory: string): LocalState {
  const path = join(directory, "state.json");
  const known = readState(path);
  if (known) return known;
  const created = { bornAt: Date.now(), authSecret: randomBytes(32).toString("hex") };
  writeFileSync(path, `${JSON.stringify(created)}\n`, { mode: 0o600 });
  return created;
}

function readState(path: string): LocalState | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    const { bornAt, authSecret } = value as Record<string, unknown>;
    return typeof bornAt === "number" && typeof authSecret === "string" ? { bornAt, authSecret } : null;
  } catch {
    return null;
  }
}

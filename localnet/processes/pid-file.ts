import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { identityOf } from "./process-identity.ts";

/** Remembers a process on disk so that the next start can recognise it. */
export function writePidFile(path: string, pid: number): void {
  writeFileSync(path, `${JSON.stringify({ pid, identity: identityOf(pid) })}\n`);
}

export function removePidFile(path: string): void {
  rmSync(path, { force: true });
}

/** The process that the file names, if that very process still runs. */
export function readLivePid(path: string): number | null {
  const known = parse(readOrNull(path));
  return known && identityOf(known.pid) === known.identity ? known.pid : null;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function parse(text: string | null): { pid: number; identity: string } | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    if (typeof value !== "object" || value === null) return null;
    const { pid, identity } = value as Record<string, unknown>;
    return typeof pid === "number" && typeof identity === "string" ? { pid, identity } : null;
  } catch {
    return null;
  }
}

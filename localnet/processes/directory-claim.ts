import { linkSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readLivePid, removePidFile, writePidFile } from "./pid-file.ts";

export type Claim =
  | { kind: "claimed"; directory: string; release(): void }
  | { kind: "taken"; directory: string; pid: number };

/** Makes this process the only user of a directory, until it ends. A claim of a process that is gone counts for nothing. */
export function claimDirectory(directory: string): Claim {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "owner.pid");
  const own = `${path}.${process.pid}`;
  writePidFile(own, process.pid);
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(own, path)) return { kind: "claimed", directory, release: () => removePidFile(path) };
      const pid = readLivePid(path);
      if (pid !== null) return { kind: "taken", directory, pid };
      removePidFile(path);
    }
    throw new Error(`Could not claim ${directory}: other processes keep taking it. Try again.`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** The first of `<directory>`, `<directory>-2`, … that nobody else uses. */
export function claimFreeDirectory(directory: string): Extract<Claim, { kind: "claimed" }> {
  for (let number = 1; number <= 16; number++) {
    const claim = claimDirectory(number === 1 ? directory : `${directory}-${number}`);
    if (claim.kind === "claimed") return claim;
  }
  throw new Error(`${directory} and 15 directories beside it are all in use. Stop the runs that hold them.`);
}

/** A hard link is made or refused in one step, with its content already there. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

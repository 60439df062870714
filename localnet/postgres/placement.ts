import { createHash } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Binaries, binariesIn, findBinaries } from "./binaries.ts";
import { type SystemUser, unprivilegedUser } from "./unprivileged-user.ts";

/** Where PostgreSQL lives and as whom it runs. */
export type Placement = { binaries: Binaries; directory: string; user: SystemUser | null };

const sharedRoot = "/var/lib/cere-console";

/**
 * Root cannot run PostgreSQL, so root starts it as an unprivileged user. That user must reach binaries and data:
 * where the working copy lies behind a closed directory (/root), both go to /var/lib/cere-console.
 */
export async function placePostgres(directory: string): Promise<Placement> {
  const binaries = await findBinaries();
  const wanted = resolve(directory);
  if (process.getuid?.() !== 0) {
    mkdirSync(wanted, { recursive: true });
    return { binaries, directory: wanted, user: null };
  }
  const user = unprivilegedUser(readFileSync("/etc/passwd", "utf8"));
  if (user === null)
    throw new Error(
      "PostgreSQL refuses to run as root and /etc/passwd names nobody else. Start as another user, or set DATABASE_URL.",
    );
  const placed = isOpenToOthers(wanted) ? wanted : join(sharedRoot, fingerprint(wanted));
  mkdirSync(placed, { recursive: true, mode: 0o755 });
  const reachable = isOpenToOthers(binaries.root) ? binaries : copyBinaries(binaries);
  return { binaries: reachable, directory: placed, user };
}

/** Gives a directory to the user that PostgreSQL runs as. */
export function giveTo(user: SystemUser | null, directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (user !== null) chownSync(directory, user.uid, user.gid);
}

/** May any user pass through all directories on the way? Parts that do not exist yet are made passable by us. */
function isOpenToOthers(path: string): boolean {
  for (let part = path; ; part = dirname(part)) {
    if (existsSync(part) && (statSync(part).mode & 0o001) === 0) return false;
    if (part === dirname(part)) return true;
  }
}

function copyBinaries(binaries: Binaries): Binaries {
  const version = fingerprint(`${binaries.root}:${statSync(binaries.postgres).mtimeMs}`);
  const root = join(sharedRoot, `postgres-${version}`);
  if (existsSync(root)) return binariesIn(root);
  const partial = `${root}.${process.pid}`;
  mkdirSync(sharedRoot, { recursive: true, mode: 0o755 });
  cpSync(binaries.root, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, root);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return binariesIn(root);
}

function fingerprint(path: string): string {
  return `${basename(path)}-${createHash("sha256").update(path).digest("hex").slice(0, 12)}`;
}

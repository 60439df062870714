import { createHash } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readLivePid } from "../processes/pid-file.ts";
import { type Binaries, binariesIn, findBinaries } from "./binaries.ts";
import { type SystemUser, unprivilegedUser } from "./unprivileged-user.ts";

/** Where PostgreSQL lives and as whom it runs. */
export type Placement = { binaries: Binaries; directory: string; user: SystemUser | null };

const sharedRoot = "/var/lib/cere-console";
const originalNote = "stands-for";

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
  const placed = isOpenToOthers(wanted) ? wanted : standIn(wanted);
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

/** A directory under /var/lib that says what it stands for; those whose original is gone are removed. */
function standIn(wanted: string): string {
  mkdirSync(sharedRoot, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(sharedRoot)) {
    const note = join(sharedRoot, name, originalNote);
    const isAbandoned = existsSync(note) && !existsSync(readFileSync(note, "utf8").trim());
    const isRunning = readLivePid(join(sharedRoot, name, "postgres.pid")) !== null;
    if (isAbandoned && !isRunning) rmSync(join(sharedRoot, name), { recursive: true, force: true });
  }
  const placed = join(sharedRoot, `${basename(wanted)}-${fingerprint(wanted)}`);
  mkdirSync(wanted, { recursive: true });
  mkdirSync(placed, { recursive: true, mode: 0o755 });
  writeFileSync(join(placed, originalNote), `${wanted}\n`);
  return placed;
}

function copyBinaries(binaries: Binaries): Binaries {
  const version = fingerprint(`${binaries.root} ${statSync(binaries.postgres).mtimeMs}`);
  const root = join(sharedRoot, `binaries-${version}`);
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

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

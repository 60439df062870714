import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "./run-tool.ts";

/** What the pages are made of; when any of it changes they are built again. */
const sources = [
  "app",
  "public",
  "server",
  "prisma/console.prisma",
  "next.config.js",
  "postcss.config.json",
  "tsconfig.json",
  "package-lock.json",
];
/** What the build itself lays into `public` is no source of it. */
const notSources = /\.test\.tsx?$|^public\/(layout|live|upload|verify)-worker\.js$/;

export type Build = { root: string; env: NodeJS.ProcessEnv; say(line: string): void };

/** Generates the database client and builds the pages, each only when what it is made of has changed. */
export async function buildConsole(build: Build): Promise<void> {
  await generateClient(build);
  const { root, env, say } = build;
  const mark = join(root, ".next", "console-sources");
  const wanted = hashOf(root, sources);
  if (existsSync(join(root, ".next", "BUILD_ID")) && readOrNull(mark) === wanted) return;
  say("building the pages (next build)");
  await runTool({ name: "Building the pages", command: "npm", args: ["run", "build"], cwd: root, env });
  writeFileSync(mark, wanted);
}

/** Also needed by tests that do not look at pages. */
export async function generateClient({ root, env, say }: Build): Promise<void> {
  const generated = join(root, "prisma", "generated");
  const mark = join(generated, ".sources");
  const wanted = hashOf(root, ["prisma/console.prisma", "prisma.config.ts", "package-lock.json"]);
  if (existsSync(join(generated, "console", "client.ts")) && readOrNull(mark) === wanted) return;
  say("generating the database client (prisma generate)");
  await runTool({
    name: "Generating the database client",
    command: join(root, "node_modules", ".bin", "prisma"),
    args: ["generate"],
    cwd: root,
    env: { ...env, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  writeFileSync(mark, wanted);
}

/** One hash over names and contents of all files in there. */
function hashOf(root: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((path) => filesIn(root, path)))
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

function filesIn(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return notSources.test(path) ? [] : [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(root, join(path, name)));
}

function readOrNull(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
